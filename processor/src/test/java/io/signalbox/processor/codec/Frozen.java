package io.signalbox.processor.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * A record type as it was once released: its schema, whole, and records that were encoded with it, in files that are never
 * changed again.
 *
 * @param group command, event or state
 * @param version from 1, without gaps
 */
record Frozen(String group, String name, int version, Schema schema, List<Sample> samples) {

    private static final Path DIRECTORY = Path.of("src/test/resources/frozen");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param bytes in Avro's binary encoding, without any framing
     * @param value the same, for people and for Avro's own releases
     */
    record Sample(byte[] bytes, JsonNode value) {}

    /** All that was ever released, in the order of groups, names and versions. */
    static List<Frozen> all() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(Files::isRegularFile)
                    .map(Frozen::read)
                    .sorted(Comparator.comparing(Frozen::group)
                            .thenComparing(Frozen::name)
                            .thenComparingInt(Frozen::version))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Frozen of(String group, int version, Schema schema, List<GenericRecord> records) {
        return new Frozen(
                group,
                schema.getName(),
                version,
                schema,
                records.stream()
                        .map(record -> new Sample(encoded(record), json(record.toString())))
                        .toList());
    }

    void write() {
        var lines = new ArrayList<String>();
        for (Sample sample : samples) {
            lines.add("{\"bytes\": \"" + Base64.getEncoder().encodeToString(sample.bytes()) + "\", \"value\": "
                    + sample.value() + "}");
        }
        try {
            Files.createDirectories(DIRECTORY.resolve(group));
            Files.writeString(
                    DIRECTORY.resolve(group).resolve(name + "-" + version + ".json"),
                    "{\"schema\": " + schema + ",\n\"samples\": [\n" + String.join(",\n", lines) + "\n]}\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A record of this version as somebody reads it who knows that schema. */
    static GenericRecord decoded(byte[] bytes, Schema writer, Schema reader) {
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(writer, reader).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("More bytes than a " + writer.getFullName());
            }
            return record;
        } catch (IOException e) {
            throw new AssertionError("No " + writer.getFullName() + " for a reader with another schema", e);
        }
    }

    static byte[] encoded(GenericRecord record) {
        try {
            var out = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Frozen read(Path file) {
        try {
            JsonNode json = JSON.readTree(file.toFile());
            var schema =
                    new SchemaParser().parse(json.path("schema").toString()).mainSchema();
            var samples = new ArrayList<Sample>();
            json.path("samples")
                    .forEach(sample -> samples.add(new Sample(
                            Base64.getDecoder().decode(sample.path("bytes").textValue()), sample.path("value"))));
            String[] name = file.getFileName().toString().split("[-.]");
            return new Frozen(
                    file.getParent().getFileName().toString(), name[0], Integer.parseInt(name[1]), schema, samples);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError("Not a frozen record type: " + file, e);
        }
    }

    @Override
    public String toString() {
        return group + "/" + name + "-" + version;
    }
}
