package io.signalbox.processor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.schemas.RecordMapper;
import io.signalbox.schemas.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that has to do with offsets comes back as it was written, and what was written before there was any is still read. */
class OffsetsCodecTest {

    private static final Config CONFIG = Config.of(Map.of("name", "c"));
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    static List<Record> records() {
        return List.of(
                new Command.AlterOffsets("[1]"),
                new Command.ResetOffsets(),
                new Command.AlterOffsets("[1]", true),
                new Command.ResetOffsets(true),
                new Command.CreateConnector(CONFIG, TargetState.PAUSED, ConnectorType.SINK, true, "[1]"),
                new Command.CreateConnector(CONFIG, TargetState.PAUSED, ConnectorType.SINK, true),
                new Command.ReportOperation("u", "op", false, "no", 500, "[0]"),
                new Command.ReportOperation("u", "op", true, null),
                new Event.ConnectorCreated("u", CONFIG, TargetState.RUNNING, ConnectorType.SINK, true, null, "[1]"),
                new Event.AlterOffsetsRequested("op", "[1]"),
                new Event.ResetOffsetsRequested("op"),
                new Event.AlterOffsetsRequested("op", "[1]", TargetState.PAUSED),
                new Event.ResetOffsetsRequested("op", TargetState.RUNNING),
                new Event.OffsetsAltered("op", "[1]", "[0]", "altered"),
                new Event.OffsetsReset("op", null, "reset"),
                new Event.OffsetsChangeFailed("op", null, "no answer", "[0]"),
                new Operation("op", null, false, false, THEN, Operation.Kind.ALTER_OFFSETS, "[1]", TargetState.RUNNING),
                new Operation("op", 3, false, false, THEN));
    }

    @ParameterizedTest
    @MethodSource("records")
    void what_is_written_comes_back(Record value) throws IOException {
        var schema = schema(value);
        var mapper = new RecordMapper<>(value.getClass(), schema, RecordTypes.TEXTS);
        assertThat(mapper.fromAvro(through(mapper.toAvro(value), schema))).isEqualTo(value);
    }

    @Test
    void an_operation_from_before_there_were_offsets_is_a_restart() throws IOException {
        var now = Schemas.state("Operation");
        var fields = now.getFields().subList(0, 5).stream()
                .map(field -> new Schema.Field(field.name(), field.schema(), field.doc(), field.defaultVal()))
                .toList();
        var old = new GenericData.Record(Schema.createRecord(now.getName(), null, now.getNamespace(), false, fields));
        old.put("id", "op");
        old.put("includeTasks", true);
        old.put("onlyFailed", false);
        old.put("requestedAt", THEN.toEpochMilli());
        assertThat(new RecordMapper<>(Operation.class, now, RecordTypes.TEXTS).fromAvro(through(old, now)))
                .isEqualTo(new Operation("op", null, true, false, THEN));
    }

    private static Schema schema(Record value) {
        var name = value.getClass().getSimpleName();
        return switch (value) {
            case Command command -> Schemas.command(name);
            case Event event -> Schemas.event(name);
            default -> Schemas.state(name);
        };
    }

    private static GenericRecord through(GenericRecord written, Schema readAs) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(written.getSchema()).write(written, encoder);
        encoder.flush();
        var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
        return new GenericDatumReader<GenericRecord>(written.getSchema(), readAs).read(null, decoder);
    }
}
