package io.signalbox.api.dialect.supermetal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not applied as it is asked for is named, and only what is asked for. */
class GapsTest {

    private static final String PLAIN = """
            {"id": "a",
             "source": {"postgres": {
               "connection": {"host": "h", "user": "u", "password": "p", "database": "d"},
               "replication_type": {"logical_replication": {}}}},
             "sink": {"postgres": {"connection": {"host": "h", "user": "u", "password": "p", "database": "d"}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}|[]",
                "{\"buffer\":{\"object_store\":{\"url\":\"s3://b\"}}}|[APPROXIMATED /buffer]",
                "{\"source\":{\"postgres\":{\"parallel_snapshots_enabled\":true}}}|[]",
                "{\"source\":{\"postgres\":{\"connection\":{\"max_pool_size\":0,\"ssl_cert\":\"\"}}}}|[]",
                "{\"source\":{\"postgres\":{\"connection\":{\"max_pool_size\":3}}}}"
                        + "|[APPROXIMATED /source/postgres/connection/max_pool_size]",
                "{\"sink\":{\"postgres\":{\"connection\":{\"max_pool_size\":3}}}}|[]",
                "{\"source\":{\"postgres\":{\"connection\":{\"ssl_key\":\"k\"}}}}|[REFUSED /source/postgres/connection/ssl_key]",
                "{\"source\":{\"postgres\":{\"system_columns\":{}}}}|[]",
                "{\"source\":{\"postgres\":{\"system_columns\":{\"op\":{\"encoding\":\"None\"}}}}}|[]",
                "{\"source\":{\"postgres\":{\"system_columns\":{\"lsn\":{}}}}}|[REFUSED /source/postgres/system_columns]",
                "{\"source\":{\"postgres\":{\"keyless_table_strategy\":{\"append_only\":{}}}}}"
                        + "|[REFUSED /source/postgres/keyless_table_strategy]",
                "{\"source\":{\"postgres\":{\"replication_type\":{\"logical_replication\":null,\"query_based\":{}}}}}"
                        + "|[REFUSED /source/postgres/replication_type/query_based]",
                "{\"identifier_naming\":{\"SourceNaming\":{}}}|[]",
                "{\"identifier_naming\":{\"FivetranNaming\":{}}}|[REFUSED /identifier_naming/FivetranNaming]",
                "{\"limits\":{\"cdc\":{\"flush_interval_ms\":0,\"max_buffer_rows\":1}}}"
                        + "|[APPROXIMATED /limits/cdc/flush_interval_ms]",
                "{\"source\":{\"postgres\":{\"catalog\":{\"name\":\"d\",\"schemas\":[{\"name\":\"s\",\"tables\":[{\"name\":\"t\","
                        + "\"target_option\":{\"clickhouse\":{}}}]}]}}}}"
                        + "|[REFUSED /source/postgres/catalog/schemas/0/tables/0/target_option]"
            })
    void each_gap_is_named_by_its_place(String patch, String gaps) throws IOException {
        JsonNode whole = MergePatch.apply(Json.MAPPER.readTree(PLAIN), Json.MAPPER.readTree(patch));
        assertThat(Gaps.of(Reading.connector(whole)).stream()
                        .map(gap -> gap.fate().kind() + " " + gap.pointer())
                        .toList()
                        .toString())
                .isEqualTo(gaps);
    }

    /** A kind of source or sink that is not run is refused as a whole, whatever is in it. */
    @Test
    void every_other_source_and_sink_is_a_gap() {
        for (ObjectNode sample : Samples.all()) {
            String source = sample.path("source").fieldNames().next();
            String sink = sample.path("sink").fieldNames().next();
            var refused = Gaps.of(Reading.connector(sample)).stream()
                    .map(Gap::pointer)
                    .toList();
            assertThat(refused.contains("/source/" + source)).isEqualTo(!source.matches("postgres|mysql"));
            assertThat(refused.contains("/sink/" + sink)).isEqualTo(!sink.matches("postgres|kafka"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"source\":{\"postgres\":{\"connection\":{\"host\":\"x\"}}}}|/source/postgres/connection/host",
                "{\"source\":{\"postgres\":{\"connection\":{\"port\":1}}}}|/source/postgres/connection/port",
                "{\"sink\":{\"postgres\":{\"connection\":{\"database\":\"x\"}}}}|/sink/postgres/connection/database",
                "{\"source\":{\"postgres\":null,\"mysql\":{\"connection\":{\"host\":\"h\"}}}}|/source",
                "{\"sink\":{\"postgres\":null,\"snowflake\":{\"target_database\":\"d\",\"connection\":"
                        + "{\"account_identifier\":\"a\",\"user\":\"u\",\"warehouse\":\"w\",\"auth\":{\"password\":"
                        + "{\"password\":\"p\"}}}}}}|/sink"
            })
    void where_a_source_and_a_sink_are_cannot_change(String patch, String place) throws IOException {
        JsonNode before = Reading.connector(Json.MAPPER.readTree(PLAIN));
        JsonNode after = Reading.connector(MergePatch.apply(before, Json.MAPPER.readTree(patch)));
        var refusal = catchThrowableOfType(Refusal.class, () -> FixedFields.require(before, after));
        assertThat(refusal.failure().status()).isEqualTo(409);
        assertThat(refusal.failure().violations().getFirst().field()).isEqualTo(place);
        FixedFields.require(before, before);
    }

    @Test
    void what_else_there_is_can_change() throws IOException {
        JsonNode before = Reading.connector(Json.MAPPER.readTree(PLAIN));
        FixedFields.require(
                before,
                Reading.connector(
                        MergePatch.apply(
                                before,
                                Json.MAPPER.readTree(
                                        "{\"name\":\"n\",\"source\":{\"postgres\":{\"connection\":{\"user\":\"x\",\"password\":\"y\"}}}}"))));
    }
}
