package io.signalbox.processor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.schemas.Schemas;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** A state store outlives the release that wrote it. */
class EarlierStatesTest {

    @Test
    void every_earlier_schema_is_found_by_its_name() {
        assertThat(Schemas.EARLIER)
                .allSatisfy(name -> assertThat(Schemas.earlier(Schemas.state(name.split("-")[0])))
                        .isNotEmpty());
    }

    @Test
    void a_connector_of_the_first_release_is_read_with_what_is_new_at_its_default() throws Exception {
        var schema = earlier("ConnectorState");
        var key = record(schema.getField("key").schema(), Map.of("environment", "e", "cluster", "c", "connector", "n"));
        var values = new java.util.HashMap<String, Object>(Map.of(
                "key", key, "uid", "u", "phase", "ACTIVE", "targetState", "PAUSED", "config", Map.of("name", "n")));
        values.putAll(Map.of(
                "configRevision", 1L, "type", "SOURCE", "validated", true, "generation", 2L, "observedGeneration", 1L));
        values.putAll(Map.of("revision", 3L, "operations", List.of(), "createdAt", 5L, "updatedAt", 6L));
        var state = read(ConnectorState.class, record(schema, values));
        assertThat(state.config().get("name")).isEqualTo("n");
        assertThat(state.updatedAt().toEpochMilli()).isEqualTo(6);
        assertThat(state.adopted()).isFalse();
        assertThat(state.drift()).isNull();
    }

    @Test
    void a_cluster_of_the_first_release_adopts_and_heals() throws Exception {
        var schema = earlier("ClusterState");
        var spec = schema.getField("spec").schema();
        var policies = record(
                spec.getField("policies").schema(),
                Map.of("pollIntervalMs", 1_000L, "maxConcurrency", 4, "validate", true));
        var state = read(
                ClusterState.class,
                record(
                        schema,
                        Map.of(
                                "key",
                                record(schema.getField("key").schema(), Map.of("environment", "e", "cluster", "c")),
                                "spec",
                                record(spec, Map.of("workers", List.of("http://w"), "policies", policies)),
                                "registered",
                                true,
                                "revision",
                                1L,
                                "registeredAt",
                                1L,
                                "updatedAt",
                                1L)));
        assertThat(state.spec().policies())
                .isEqualTo(new ClusterSpec.Policies(
                        1_000, 4, true, ClusterSpec.Unmanaged.ADOPT, ClusterSpec.OnDrift.HEAL));
    }

    private static Schema earlier(String name) {
        return Schemas.earlier(Schemas.state(name)).getFirst();
    }

    private static GenericRecord record(Schema schema, Map<String, ?> values) {
        var record = new GenericData.Record(schema);
        values.forEach(record::put);
        return record;
    }

    private static <T extends Record> T read(Class<T> type, GenericRecord record) throws Exception {
        var bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema()).encode(record);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return StoreSerde.of(type).deserializer().deserialize("store", copy);
    }
}
