package io.signalbox.processor.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.processor.dataplane.systems.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The copy of a table in the offsets of a source, in the form that Debezium has it there. */
class CopyOffsetsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OFFSETS = "[{\"partition\":{\"server\":\"sm.other\"},\"offset\":{\"lsn\":7}},"
            + "{\"partition\":{\"server\":\"sm.orders\"},\"offset\":{\"lsn\":36028797018963969,\"txId\":751}}]";

    private static String with(String offsets, TableName table, String copy) {
        return CopyOffsets.with(offsets, "sm.orders", table, copy).orElseThrow();
    }

    @Test
    void it_is_put_beside_where_the_source_is() throws JsonProcessingException {
        var changed = JSON.readTree(with(OFFSETS, new TableName("public", "items"), "c.1"));
        assertThat(changed).hasSize(1);
        assertThat(changed.get(0).path("partition").toString()).isEqualTo("{\"server\":\"sm.orders\"}");
        var offset = changed.get(0).path("offset");
        assertThat(offset.path("lsn").longValue()).isEqualTo(36028797018963969L);
        assertThat(offset.path("txId").longValue()).isEqualTo(751);
        assertThat(offset.path("incremental_snapshot_correlation_id").textValue())
                .isEqualTo("c.1");
        var tables =
                JSON.readTree(offset.path("incremental_snapshot_collections").textValue());
        assertThat(tables.toString()).isEqualTo("[{\"incremental_snapshot_collections_id\":\"public.items\"}]");
        assertThat(CopyOffsets.have(changed.toString(), "c.1")).isTrue();
        assertThat(CopyOffsets.have(changed.toString(), "c.2")).isFalse();
        assertThat(CopyOffsets.have(OFFSETS, "c.1")).isFalse();
    }

    @Test
    void one_that_was_under_way_gives_way_to_it() throws JsonProcessingException {
        String halfway = OFFSETS.replace(
                "\"txId\":751",
                "\"incremental_snapshot_primary_key\":\"ac\",\"incremental_snapshot_maximum_key\":\"ad\","
                        + "\"incremental_snapshot_correlation_id\":\"c.1\"");
        var offset = JSON.readTree(with(halfway, new TableName("public", "Other"), "c.2"))
                .get(0)
                .path("offset");
        assertThat(offset.has("incremental_snapshot_primary_key")).isFalse();
        assertThat(offset.has("incremental_snapshot_maximum_key")).isFalse();
        assertThat(offset.path("incremental_snapshot_correlation_id").textValue())
                .isEqualTo("c.2");
        assertThat(offset.path("incremental_snapshot_collections").textValue()).contains("public.Other");
    }

    @Test
    void a_name_that_debezium_could_not_read_again_does_not_stand_there() {
        for (String name : List.of("items", "Items", "a_b-c$1", "étage")) {
            assertThat(CopyOffsets.canHave(new TableName("public", name)))
                    .as(name)
                    .isTrue();
        }
        for (String name : List.of("a b", "a.b", "it's", "say \"no\"", "`a`", "[a]", "", "a\nb")) {
            assertThat(CopyOffsets.canHave(new TableName("public", name)))
                    .as(name)
                    .isFalse();
            assertThat(CopyOffsets.canHave(new TableName(name, "items")))
                    .as(name)
                    .isFalse();
        }
    }

    @Test
    void a_source_without_offsets_has_no_place_for_it() {
        for (String offsets : new String[] {"[]", "[{\"partition\":{\"server\":\"sm.orders\"},\"offset\":null}]"}) {
            assertThat(CopyOffsets.with(offsets, "sm.orders", new TableName("s", "t"), "c"))
                    .isEmpty();
        }
    }
}
