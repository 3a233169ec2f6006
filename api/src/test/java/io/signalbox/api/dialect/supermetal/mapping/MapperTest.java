package io.signalbox.api.dialect.supermetal.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.supermetal.model.MergePatch;
import io.signalbox.api.dialect.supermetal.model.Reading;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.Schedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What definitions are on Kafka Connect: the files beside hold some, and the configs that they have to become. */
class MapperTest {

    private static final Mapper MAPPER = new Mapper("kafka:9092,other:9092", 604_800_000);

    @ParameterizedTest
    @ValueSource(strings = {"postgres-to-postgres", "postgres-to-kafka", "mysql-to-postgres"})
    void a_definition_becomes_these_configs(String name) throws IOException {
        Mapped mapped = map(definition(name));
        Map<String, Map<String, String>> configs = new TreeMap<>();
        configs.put("source", mapped.source());
        if (mapped.sink() != null) {
            configs.put("sink", mapped.sink());
        }
        assertThat(pretty(Json.MAPPER.valueToTree(configs))).isEqualTo(pretty(read(name + ".configs.json")));
        assertThat(mapped.toString()).doesNotContain("s3cret");
    }

    @Test
    void what_is_beside_the_configs_follows_too() throws IOException {
        Mapped rows = map(definition("postgres-to-postgres"));
        assertThat(rows.ends()).isFalse();
        assertThat(rows.ownsPublication()).isTrue();
        assertThat(rows.schedule()).isNull();
        assertThat(rows.disabled()).isFalse();
        Mapped topics = map(definition("postgres-to-kafka"));
        assertThat(topics.ends()).isTrue();
        assertThat(topics.ownsPublication()).isFalse();
        assertThat(topics.schedule()).isEqualTo(new Schedule.Rate(360));
        assertThat(map(definition("mysql-to-postgres")).disabled()).isTrue();
    }

    @Test
    void nothing_that_is_left_out_makes_a_difference() throws IOException {
        JsonNode whole = definition("mysql-to-postgres");
        assertThat(map(Reading.connector(whole)).source()).isEqualTo(map(whole).source());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "postgres|{\"logical_replication\":{\"publication_name\":\"mine\"}}|publication.name|mine",
                "postgres|{\"logical_replication\":{\"publication_name\":\"\"}}|publication.name|supermetal_orders_1",
                "postgres|{\"logical_replication\":{}}|slot.name|supermetal_orders_1",
                "postgres|{\"logical_replication\":{}}|snapshot.mode|initial",
                "postgres|{\"logical_replication\":{}}|errors.max.retries|30",
                "postgres|{\"logical_replication\":{\"toast_mode\":\"ReplicaIdentityFull\"}}|replica.identity.autoset.values|.*:FULL",
                "postgres|{\"logical_replication\":{\"toast_mode\":\"ReplicaIdentityFull\"}}|post.processors|-",
                "postgres|{\"snapshot\":{}}|snapshot.mode|initial_only",
                "postgres|{\"snapshot\":{}}|slot.name|supermetal_orders_1",
                "postgres|{\"snapshot\":{}}|post.processors|-"
            })
    void ways_of_replication(String source, String replication, String setting, String value) throws IOException {
        JsonNode plain = MergePatch.apply(
                definition("postgres-to-postgres"),
                Json.MAPPER.readTree(
                        "{\"source\":{\"postgres\":{\"replication_type\":null,\"partitions_as_root\":null}}}"));
        Mapped mapped = map(MergePatch.apply(
                plain, Json.MAPPER.readTree("{\"source\":{\"postgres\":{\"replication_type\":" + replication + "}}}")));
        assertThat(mapped.source().getOrDefault(setting, "-")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}|basic",
                "{\"allowed\":[\"Add\"]}|basic",
                "{\"allowed\":[]}|none",
                "{\"disable_all\":true}|none",
                "{\"allowed\":[\"Add\"],\"disable_all\":true}|none"
            })
    void how_tables_follow(String strategy, String evolution) throws IOException {
        JsonNode plain = MergePatch.apply(
                definition("postgres-to-postgres"),
                Json.MAPPER.readTree("{\"sink\":{\"postgres\":{\"migration_strategy\":null,\"target_schema\":null}}}"));
        Mapped mapped = map(MergePatch.apply(
                plain, Json.MAPPER.readTree("{\"sink\":{\"postgres\":{\"migration_strategy\":" + strategy + "}}}")));
        assertThat(mapped.sink().get("schema.evolution")).isEqualTo(evolution);
        assertThat(mapped.sink().get("collection.name.format")).isEqualTo("\"${source.schema}\".\"${source.table}\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "supermetal.{database_or_schema}.{table}|supermetal.$1.$2",
                "all|all",
                "{table}|$2",
                "{database}_{schema}|shop_$1"
            })
    void how_topics_are_called(String template, String replacement) throws IOException {
        Mapped mapped = map(MergePatch.apply(
                definition("postgres-to-kafka"),
                Json.MAPPER.readTree("{\"sink\":{\"kafka\":{\"topic_name_template\":\"" + template + "\"}}}")));
        assertThat(mapped.source().get("transforms.topic.replacement")).isEqualTo(replacement);
        assertThat("sm.orders.public.a.b".replaceAll(mapped.source().get("transforms.topic.regex"), replacement))
                .isEqualTo(replacement.replace("$1", "public").replace("$2", "a.b"));
    }

    @ParameterizedTest
    @CsvSource({
        "disable, disabled, true",
        "require, required,",
        "verify_ca, verify_ca,",
        "verify_identity, verify_identity,"
    })
    void how_mysql_is_asked_to_encrypt(String wish, String mode, String retrieval) throws IOException {
        JsonNode plain = MergePatch.apply(
                definition("mysql-to-postgres"),
                Json.MAPPER.readTree("{\"source\":{\"mysql\":{\"connection\":{\"ssl_mode\":null}}}}"));
        assertThat(map(plain).source()).doesNotContainKey("database.ssl.mode");
        var source = map(MergePatch.apply(
                        plain,
                        Json.MAPPER.readTree(
                                "{\"source\":{\"mysql\":{\"connection\":{\"ssl_mode\":{\"" + wish + "\":{}}}}}}")))
                .source();
        assertThat(source).containsEntry("database.ssl.mode", mode);
        assertThat(source.get("driver.allowPublicKeyRetrieval")).isEqualTo(retrieval);
    }

    @Test
    void a_cron_schedule_is_kept_as_it_is() throws IOException {
        Mapped mapped = map(MergePatch.apply(
                definition("postgres-to-kafka"),
                Json.MAPPER.readTree("{\"schedule\":{\"rate\":null,\"cron\":{\"expression\":\" 0  3 * *"
                        + " 1-5\",\"timezone\":\"Europe/Oslo\"}}}")));
        assertThat(mapped.schedule()).isEqualTo(new Schedule.Cron("0 3 * * 1-5", "Europe/Oslo"));
    }

    /** What is refused, where, and with which status. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "postgres-to-postgres|{\"id\":\"a-heartbeat\"}|422|/id",
                "postgres-to-postgres|{\"id\":\"a-notifications\"}|422|/id",
                "postgres-to-postgres|{\"schedule\":{\"rate\":{\"value\":1}}}|422|/schedule",
                "postgres-to-postgres|{\"schedule\":{\"cron\":{\"expression\":\"0 3 * *"
                        + " *\",\"timezone\":\"UTC\"}}}|422|/schedule",
                "postgres-to-kafka|{\"schedule\":{\"rate\":{\"unit\":\"Day\",\"value\":4294967295}}}|400|/schedule/rate/value",
                "postgres-to-kafka|{\"schedule\":{\"rate\":null,\"cron\":{\"expression\":\"* *"
                        + " *\",\"timezone\":\"UTC\"}}}|400|/schedule/cron/expression",
                "postgres-to-kafka|{\"schedule\":{\"rate\":null,\"cron\":{\"expression\":\"0 0 31 2"
                        + " *\",\"timezone\":\"UTC\"}}}|400|/schedule/cron/expression",
                "postgres-to-kafka|{\"schedule\":{\"rate\":null,\"cron\":{\"expression\":\"* * * *"
                        + " *\",\"timezone\":\"Oslo\"}}}|400|/schedule/cron/timezone",
                "postgres-to-postgres|{\"source\":{\"postgres\":{\"catalog\":{\"name\":\"x\"}}}}|422|/source/postgres/catalog/name",
                "postgres-to-postgres|{\"source\":{\"postgres\":{\"catalog\":{\"schemas\":[]}}}}|422|/source/postgres/catalog",
                "postgres-to-postgres|{\"source\":{\"postgres\":{\"catalog\":{\"schemas\":[{\"name\":\"s\",\"tables\":"
                        + "[{\"name\":\"t\",\"columns\":[{\"name\":\"id\",\"action\":\"Exclude\",\"primary_key\":true}]}]}]}}}}"
                        + "|422|/source/postgres/catalog/schemas/0/tables/0/columns/0",
                "postgres-to-postgres|{\"source\":{\"postgres\":{\"replication_type\":{\"logical_replication\":"
                        + "{\"publication_name\":\"Mine\"}}}}}"
                        + "|422|/source/postgres/replication_type/logical_replication/publication_name",
                "postgres-to-postgres|{\"source\":{\"postgres\":{\"replication_type\":{\"logical_replication\":null,"
                        + "\"snapshot\":{}}}}}|422|/source/postgres/partitions_as_root",
                "postgres-to-postgres|{\"sink\":{\"postgres\":{\"target_schema\":\"a\\\"b\"}}}|422|/sink/postgres/target_schema",
                "postgres-to-postgres|{\"sink\":{\"postgres\":{\"migration_strategy\":{\"allowed\":[\"Add\",\"Drop\"]}}}}"
                        + "|422|/sink/postgres/migration_strategy/allowed/1",
                "mysql-to-postgres|{\"source\":{\"mysql\":{\"connection\":{\"user\":null}}}}|422|/source/mysql/connection/user",
                "mysql-to-postgres|{\"source\":{\"mysql\":{\"connection\":{\"database\":null}}}}|422|/sink/postgres/target_schema",
                "mysql-to-postgres|{\"source\":{\"mysql\":{\"connection\":{\"ssl_mode\":{\"require\":null,\"verify_ca\":"
                        + "{\"ca_file\":\"x\"}}}}}}|422|/source/mysql/connection/ssl_mode/verify_ca/ca_file",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"connection\":{\"brokers\":[\"elsewhere:9092\"]}}}}"
                        + "|422|/sink/kafka/connection/brokers",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"connection\":{\"brokers\":[]}}}}|422|/sink/kafka/connection/brokers",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"connection\":{\"auth\":{\"username\":\"u\"}}}}}|422|/sink/kafka/connection/auth",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"connection\":{\"config\":{\"producer_properties\":"
                        + "[{\"key\":\"bootstrap.servers\",\"value\":\"x\"}]}}}}}"
                        + "|422|/sink/kafka/connection/config/producer_properties/0/key",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"topic_name_template\":\"{x}\"}}}|422|/sink/kafka/topic_name_template",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"topic_name_template\":\"a"
                        + " b\"}}}|422|/sink/kafka/topic_name_template",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"topic_name_template\":\"\"}}}|422|/sink/kafka/topic_name_template",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"format\":{\"debezium\":{\"include_before\":false}}}}}"
                        + "|422|/sink/kafka/format/debezium/include_before",
                "postgres-to-kafka|{\"sink\":{\"kafka\":{\"format\":{\"debezium\":{\"headers\":{\"op\":true}}}}}}"
                        + "|422|/sink/kafka/format/debezium/headers/op"
            })
    void what_cannot_be_done_is_refused_where_it_is_asked_for(String name, String patch, int status, String place)
            throws IOException {
        JsonNode definition = MergePatch.apply(definition(name), Json.MAPPER.readTree(patch));
        var refusal = catchThrowableOfType(Refusal.class, () -> map(definition));
        assertThat(refusal).isNotNull();
        assertThat(refusal.failure().violations().getFirst().field()).isEqualTo(place);
        assertThat(refusal.failure().status()).isEqualTo(status);
    }

    /** What the lists take is what the catalog includes. */
    @ParameterizedTest
    @CsvSource({
        "postgres-to-postgres,public.orders,true",
        "postgres-to-postgres,public.Orders,false",
        "postgres-to-postgres,public.orders2,false",
        "postgres-to-postgres,public.audit,false",
        "postgres-to-postgres,public.other,false",
        "postgres-to-postgres,stock.anything,true",
        "postgres-to-postgres,stocks.anything,false",
        "postgres-to-postgres,'old.a,b',true",
        "postgres-to-postgres,old.other,false",
        "postgres-to-kafka,public.orders,true",
        "postgres-to-kafka,public.audit_log,false",
        "postgres-to-kafka,public.audit_log2,true",
        "postgres-to-kafka,new.table,true",
        "postgres-to-kafka,tmp.table,false",
        "postgres-to-kafka,old.kept,true",
        "postgres-to-kafka,old.kept2,false"
    })
    void a_catalog_takes_what_it_includes(String name, String table, boolean taken) throws IOException {
        var source = map(definition(name)).source();
        boolean in = matches(source.get("table.include.list"), table, true);
        boolean out = matches(source.get("table.exclude.list"), table, false);
        assertThat(in && !out).isEqualTo(taken);
    }

    /** As Debezium reads such a list. */
    private static boolean matches(String list, String name, boolean otherwise) {
        if (list == null) {
            return otherwise;
        }
        for (String pattern : list.split("(?<!\\\\),")) {
            if (java.util.regex.Pattern.compile(pattern.replace("\\,", ","), java.util.regex.Pattern.CASE_INSENSITIVE)
                    .matcher(name)
                    .matches()) {
                return true;
            }
        }
        return false;
    }

    private static Mapped map(JsonNode definition) {
        JsonNode connector = Reading.connector(definition);
        return MAPPER.map(
                new PipelineKey("default", "local", connector.path("id").textValue()), connector);
    }

    private static JsonNode definition(String name) throws IOException {
        return read(name + ".json");
    }

    private static JsonNode read(String file) throws IOException {
        try (var in = MapperTest.class.getResourceAsStream("/supermetal/" + file)) {
            return Json.MAPPER.readTree(in == null ? "{}" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String pretty(JsonNode tree) {
        return tree.toPrettyString();
    }
}
