package io.signalbox.processor.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.GuardedEnvironment;
import io.signalbox.processor.domain.HeldCommand;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.Quota;
import io.signalbox.processor.domain.QuotaUse;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.schemas.RecordMapper;
import io.signalbox.schemas.Schemas;
import io.signalbox.schemas.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was ever released is read for ever, and what is written now is read by whoever knows only what was released before
 * (FULL_TRANSITIVE). With {@code -Dsignalbox.freeze=true} the present schemas are frozen first; docs/events.md says when.
 */
class FrozenSchemasTest {

    private static final String HOW =
            "%s is not what was frozen last. Was it meant? Then it needs a version of its own:\n"
                    + "    mvn test -pl schemas/confluent,schemas,processor -Dtest=FrozenSchemasTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dsignalbox.freeze=true\n"
                    + "writes it below processor/src/test/resources/frozen: commit it with the change. New fields need a default and"
                    + " stand at the end; nothing that is frozen is ever changed or removed.";

    /** What stands on a topic or in a store by itself; all other states are parts of these. */
    private static final List<Class<? extends Record>> STATES = List.of(
            ConnectorState.class,
            ConnectorStatus.class,
            ClusterState.class,
            AccessKey.class,
            StoredSecret.class,
            Quota.class,
            QuotaUse.class,
            GuardedEnvironment.class,
            HeldCommand.class,
            PipelineState.class,
            CommandOutcome.class,
            ConfigVersion.class,
            HistoryEntry.class,
            ObservedOffsets.class);

    /** A record type as it is now. */
    private record Present(String group, Class<? extends Record> type, Schema schema) {

        RecordMapper<? extends Record> mapper() {
            return new RecordMapper<>(type, schema, RecordTypes.TEXTS);
        }

        GenericRecord written(Record value) {
            return mapper().toAvro(value);
        }
    }

    private static final Map<String, Present> PRESENT = present();
    private static final List<Frozen> FROZEN = frozen();

    private static Map<String, Present> present() {
        Map<String, Present> all = new LinkedHashMap<>();
        add(all, "command", RecordTypes.leaves(Command.class), Schemas::command);
        add(all, "event", RecordTypes.leaves(Event.class), Schemas::event);
        add(all, "state", STATES, Schemas::state);
        return all;
    }

    private static void add(
            Map<String, Present> all, String group, List<? extends Class<?>> types, Function<String, Schema> schemas) {
        for (Class<?> type : types) {
            var schema = schemas.apply(type.getSimpleName());
            all.put(group + "/" + schema.getName(), new Present(group, type.asSubclass(Record.class), schema));
        }
    }

    private static List<Frozen> frozen() {
        if (Boolean.getBoolean("signalbox.freeze")) {
            PRESENT.forEach((name, present) -> {
                List<Frozen> before = versions(Frozen.all(), name);
                if (before.isEmpty() || !before.getLast().schema().equals(present.schema())) {
                    var records = Samples.of(present.type(), present.schema()).stream()
                            .map(present::written)
                            .toList();
                    Frozen.of(present.group(), before.size() + 1, present.schema(), records)
                            .write();
                }
            });
        }
        return Frozen.all();
    }

    private static List<Frozen> versions(List<Frozen> all, String name) {
        return all.stream().filter(each -> name(each).equals(name)).toList();
    }

    private static String name(Frozen frozen) {
        return frozen.group() + "/" + frozen.name();
    }

    static Set<String> names() {
        return PRESENT.keySet();
    }

    static List<Frozen> all() {
        return FROZEN;
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_is_written_now_is_frozen(String name) {
        var versions = versions(FROZEN, name);
        assertThat(versions).as(HOW, name).isNotEmpty();
        assertThat(PRESENT.get(name).schema())
                .as(HOW, name)
                .isEqualTo(versions.getLast().schema());
    }

    @Test
    void nothing_that_was_released_is_gone() {
        assertThat(FROZEN)
                .as("what stands in a log for ever has to be understood for ever")
                .allSatisfy(each -> assertThat(PRESENT).containsKey(name(each)));
    }

    @Test
    void versions_are_numbered_without_gaps() {
        PRESENT.keySet()
                .forEach(name -> assertThat(versions(FROZEN, name))
                        .extracting(Frozen::version)
                        .isEqualTo(Stream.iterate(1, n -> n + 1)
                                .limit(versions(FROZEN, name).size())
                                .toList()));
    }

    @Test
    void every_state_is_frozen_by_itself_or_in_what_holds_it() {
        Set<String> seen = new HashSet<>();
        PRESENT.values().forEach(present -> records(present.schema(), seen));
        assertThat(seen)
                .containsAll(Schemas.STATES.stream()
                        .map(name -> Schemas.state(name).getFullName())
                        .toList());
    }

    private static void records(Schema schema, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> records(field.schema(), seen));
                }
            }
            case ARRAY -> records(schema.getElementType(), seen);
            case MAP -> records(schema.getValueType(), seen);
            case UNION -> schema.getTypes().forEach(type -> records(type, seen));
            default -> {}
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void all_versions_read_each_other(String name) throws SchemaValidationException {
        List<Schema> schemas = new ArrayList<>(
                versions(FROZEN, name).stream().map(Frozen::schema).toList());
        schemas.add(PRESENT.get(name).schema());
        for (Schema reader : schemas) {
            for (Schema writer : schemas) {
                var found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
                assertThat(found.getType()).as(found.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
        new SchemaValidatorBuilder()
                .mutualReadStrategy()
                .validateAll()
                .validate(schemas.getLast(), schemas.reversed().subList(1, schemas.size()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void frozen_records_are_read_as_what_they_were(Frozen frozen) {
        assertThat(frozen.samples()).isNotEmpty();
        for (Frozen.Sample sample : frozen.samples()) {
            var own = Frozen.decoded(sample.bytes(), frozen.schema(), frozen.schema());
            assertThat(Frozen.json(own.toString())).isEqualTo(sample.value());
            for (Frozen other : versions(FROZEN, name(frozen))) {
                var read = Frozen.decoded(sample.bytes(), frozen.schema(), other.schema());
                requireAlike(read, own);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void frozen_records_are_values_of_today(Frozen frozen) {
        var present = PRESENT.get(name(frozen));
        for (Frozen.Sample sample : frozen.samples()) {
            var read = Frozen.decoded(sample.bytes(), frozen.schema(), present.schema());
            var again = present.written(present.mapper().fromAvro(read));
            requireAlike(again, read);
            if (frozen.schema().equals(present.schema())) {
                assertThat(Frozen.encoded(again)).isEqualTo(sample.bytes());
            }
        }
    }

    /** Somebody whose program is older than the log. */
    @ParameterizedTest
    @MethodSource("all")
    void what_is_written_now_is_read_by_who_knows_an_earlier_version(Frozen earlier) {
        var present = PRESENT.get(name(earlier));
        for (Record sample : Samples.of(present.type(), present.schema())) {
            var written = present.written(sample);
            var read = Frozen.decoded(Frozen.encoded(written), present.schema(), earlier.schema());
            requireAlike(read, written);
        }
    }

    /** A store holds what an earlier release put into it, and no registry can be asked for its schema. */
    @Test
    void stores_are_read_whichever_release_wrote_them() {
        for (Frozen frozen : FROZEN) {
            if (frozen.group().equals("state")) {
                var store = new SingleObject(PRESENT.get(name(frozen)).schema());
                for (Frozen.Sample sample : frozen.samples()) {
                    var own = Frozen.decoded(sample.bytes(), frozen.schema(), frozen.schema());
                    assertThatCode(() -> requireAlike(store.read(asStored(own)), own))
                            .as("%s: write its schema to avro/earlier and its name to Schemas.EARLIER", frozen)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    private static byte[] asStored(GenericRecord record) {
        try {
            ByteBuffer bytes =
                    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema(), true).encode(record);
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Equal in all that both have a place for. */
    private static void requireAlike(GenericRecord one, GenericRecord other) {
        for (Schema.Field field : one.getSchema().getFields()) {
            if (other.getSchema().getField(field.name()) != null) {
                requireAlike(field.name(), one.get(field.name()), other.get(field.name()));
            }
        }
    }

    private static void requireAlike(String what, Object one, Object other) {
        if (one instanceof GenericRecord a && other instanceof GenericRecord b) {
            requireAlike(a, b);
        } else if (one instanceof List<?> a && other instanceof List<?> b) {
            assertThat(a).as(what).hasSameSizeAs(b);
            for (int i = 0; i < a.size(); i++) {
                requireAlike(what, a.get(i), b.get(i));
            }
        } else {
            assertThat(text(one)).as(what).isEqualTo(text(other));
        }
    }

    /** Avro has two kinds of strings. */
    private static Object text(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> texts = new TreeMap<>();
            map.forEach((key, each) -> texts.put(key.toString(), String.valueOf(each)));
            return texts;
        }
        return String.valueOf(value);
    }
}
