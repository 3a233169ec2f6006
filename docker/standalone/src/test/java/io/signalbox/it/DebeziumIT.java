package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.dataplane.systems.KnownSystems;
import io.signalbox.processor.dataplane.systems.RealPostgres;
import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.Config;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a pipeline is built on holds: Debezium's source and sink between two real PostgreSQL servers, as ordinary connectors, with
 * what is made at the servers for them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebeziumIT {

    private static final int ROWS = 10_000;

    private final RealParts parts = RealParts.shared();
    private final Api signalbox = SharedReplica.busy();
    private final Systems systems = new KnownSystems(Clock.systemUTC());
    private final RealPostgres source = new RealPostgres();
    private final RealPostgres target = new RealPostgres();

    @AfterAll
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void rows_arrive_as_they_are_and_what_changes_follows() {
        create("copy");
        ManyTypes.create(source, "copy", ROWS);
        source.run(
                "copy",
                "CREATE SCHEMA \"Sales 2\"",
                "CREATE TABLE \"Sales 2\".\"Order Lines\" (\"Order\" int, line int, what text, PRIMARY KEY (\"Order\", line))",
                "INSERT INTO \"Sales 2\".\"Order Lines\" SELECT i, i % 3, 'line ' || i FROM generate_series(1, 100) i");
        SourceReady ready = start("copy");
        assertThat(ready.leftOut()).isEmpty();

        await().ignoreExceptions().untilAsserted(() -> ManyTypes.assertEqual(source, "copy", target, "copy"));
        await().untilAsserted(
                        () -> assertThat(tables()).containsExactlyInAnyOrder("Sales 2.Order Lines", "public.items"));
        assertThat(notifications("copy")).first().isEqualTo("STARTED");
        await().untilAsserted(() -> assertThat(notifications("copy")).last().isEqualTo("COMPLETED"));

        ManyTypes.assertChangesFollow(source, target, "copy");
        ManyTypes.assertEqual(source, "copy", target, "copy");
        assertThat(tables()).containsExactlyInAnyOrder("Sales 2.Order Lines", "public.fresh", "public.items");

        remove("copy");
        assertThat(source.list("copy", "SELECT slot_name FROM pg_replication_slots WHERE slot_name = 'copy'"))
                .isEmpty();
        assertThat(source.list("copy", "SELECT pubname FROM pg_publication")).isEmpty();
    }

    @Test
    void a_table_without_key_stops_nothing() {
        create("keyless");
        source.run(
                "keyless",
                "CREATE TABLE \"No, key.\" (id int)",
                "INSERT INTO \"No, key.\" VALUES (1)",
                "CREATE TABLE keyed (id int PRIMARY KEY)",
                "INSERT INTO keyed VALUES (1)");
        start("keyless");
        await().ignoreExceptions().untilAsserted(() -> assertThat(keyed()).containsExactly("1"));

        source.run("keyless", "UPDATE \"No, key.\" SET id = 2", "INSERT INTO keyed VALUES (2)");

        await().untilAsserted(() -> assertThat(keyed()).containsExactly("1", "2"));
        assertThat(signalbox.state("keyless.sink")).isEqualTo("RUNNING");
        remove("keyless");
    }

    private void create(String database) {
        source.run("postgres", "CREATE DATABASE " + database);
        target.run("postgres", "CREATE DATABASE " + database);
    }

    private SourceReady start(String database) {
        Map<String, String> from =
                new HashMap<>(DebeziumConfigs.source(source, database, "debezium." + database, database));
        Map<String, String> to = DebeziumConfigs.sink(target, database, "debezium." + database);
        SourceReady ready = systems.prepareSource(Config.of(from), true);
        systems.prepareSink(Config.of(from), Config.of(to));
        from.putAll(ready.settings());
        accepted(signalbox.create(database + ".source", from, ""));
        accepted(signalbox.create(database + ".sink", to, ""));
        return ready;
    }

    private void remove(String database) {
        for (String end : List.of(".source", ".sink")) {
            assertThat(signalbox.delete("/connectors/" + database + end).status())
                    .isEqualTo(204);
        }
        Api worker = new Api(parts.worker().url());
        await().untilAsserted(() -> assertThat(
                        worker.get("/connectors/" + database + ".source").status())
                .isEqualTo(404));
        Config from = Config.of(DebeziumConfigs.source(source, database, "debezium." + database, database));
        systems.dropSlot(from);
        systems.dropPublication(from);
    }

    /** What came of the last snapshot, in order. */
    private List<String> notifications(String database) {
        List<String> types = new ArrayList<>();
        new Topics(parts).all("debezium." + database + "-notifications").forEach(record -> {
            JsonNode payload = Api.parsed(new String(record.value(), StandardCharsets.UTF_8))
                    .path("payload");
            assertThat(payload.path("aggregate_type").asText()).isEqualTo("Initial Snapshot");
            types.add(payload.path("type").asText());
        });
        return types;
    }

    private List<String> tables() {
        return target.list("copy", """
                SELECT table_schema || '.' || table_name FROM information_schema.tables
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema')""");
    }

    private List<String> keyed() {
        return target.list("keyless", "SELECT id FROM keyed ORDER BY id");
    }

    private static void accepted(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(200));
    }
}
