package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Pipelines between two real PostgreSQL servers, from the first request until nothing is left of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {

    private static final int ROWS = 10_000;
    private static final int RUNS = 3;

    /** Begins first and is looked at last, because its runs are a minute apart. */
    private static final String SCHEDULED = "every_minute";

    private PipelineParts parts;
    private Supermetal api;

    /** Of the pipeline that is in the seed, which most of this is about. */
    private String id;

    @BeforeAll
    void start() throws InterruptedException {
        parts = new PipelineParts("pipelines");
        api = parts.api;
        parts.createDatabase("seed");
        ManyTypes.create(parts.source, "seed", ROWS);
        parts.createDatabase("minute");
        parts.source.run(
                "minute", "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT generate_series(1, 10)");
    }

    @AfterAll
    void stop() throws InterruptedException {
        parts.stop();
    }

    @Test
    @Order(1)
    void what_runs_every_minute_is_begun() {
        Map<String, Object> request = parts.request("minute", Map.of("snapshot", Map.of()));
        request.put("schedule", Map.of("rate", Map.of("unit", "Minute", "value", 1)));
        api.put(SCHEDULED, request);
    }

    @Test
    @Order(2)
    void the_seeds_own_request_makes_a_pipeline_whose_rows_arrive_as_they_are() {
        id = api.create(parts.request("seed"));

        api.awaitState(id, "realtime/");
        Supermetal.await().untilAsserted(() -> ManyTypes.assertEqual(parts.source, "seed", parts.target, "seed"));
        assertThat(ManyTypes.columns()).isGreaterThan(12);
        assertThat(api.get(id).text()).doesNotContain("pa$$word").contains("***");
        assertThat(tables()).containsExactlyInAnyOrder("public.items");
    }

    @Test
    @Order(3)
    void what_changes_follows() {
        ManyTypes.assertChangesFollow(parts.source, parts.target, "seed");
        assertThat(tables()).containsExactlyInAnyOrder("public.fresh", "public.items");
    }

    @Test
    @Order(4)
    void what_changes_while_it_is_stopped_is_not_lost() {
        api.command(id, "Stop");
        api.awaitState(id, "shutdown/complete");
        parts.source.run(
                "seed",
                "INSERT INTO items (id, num) SELECT i, i FROM generate_series(30001, 30500) i",
                "UPDATE items SET txt = 'while stopped' WHERE id < 100",
                "DELETE FROM items WHERE id BETWEEN 100 AND 200");
        assertThat(parts.target.list("seed", "SELECT count(*) FROM items WHERE id > 30000"))
                .containsExactly("0");

        api.command(id, "Start");

        api.awaitState(id, "realtime/");
        Supermetal.await().untilAsserted(() -> ManyTypes.assertEqual(parts.source, "seed", parts.target, "seed"));
    }

    @Test
    @Order(5)
    void a_restart_is_a_newer_run_and_reinitializing_copies_all_once_more() {
        String before = api.runId(id);
        api.command(id, "Restart");
        Supermetal.await().untilAsserted(() -> assertThat(api.runId(id)).isGreaterThan(before));
        api.awaitState(id, "realtime/");
        String restarted = api.runId(id);
        parts.target.run("seed", "UPDATE items SET txt = 'astray'");

        api.command(id, "ReIntialize");

        Supermetal.await().untilAsserted(() -> assertThat(api.runId(id)).isGreaterThan(restarted));
        api.awaitState(id, "realtime/");
        Supermetal.await().untilAsserted(() -> ManyTypes.assertEqual(parts.source, "seed", parts.target, "seed"));
    }

    @Test
    @Order(6)
    void the_history_tells_how_it_came_to_be_as_it_is() {
        List<String> states = api.history(id).stream()
                .map(each -> each.substring(0, each.indexOf('/')))
                .toList();
        assertThat(states).containsSubsequence("initialize", "snapshot", "realtime", "shutdown", "realtime");
        List<String> runs = api.moments(id).stream()
                .map(each -> each.path("run_id").asText())
                .toList();
        assertThat(runs).isSorted();
        assertThat(runs.stream().distinct()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    @Order(7)
    void nothing_is_left_of_what_is_deleted() {
        assertThat(parts.remains(id)).hasSizeGreaterThan(6);
        Instant began = Instant.now();

        api.command(id, "Delete");

        api.awaitGone(id);
        Promised.atMost(Duration.ofSeconds(30), Duration.between(began, Instant.now()), "to delete");
        assertThat(parts.remains(id)).isEmpty();
        assertThat(parts.target.list("seed", "SELECT count(*) > 9000 FROM items"))
                .containsExactly("t");
    }

    @Test
    @Order(8)
    void a_disabled_one_runs_when_it_is_enabled() {
        parts.createDatabase("off");
        parts.source.run("off", "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        Map<String, Object> request = parts.request("off");
        request.put("disabled", true);
        api.put("off", request);
        api.awaitState("off", "disabled/complete");
        assertThat(parts.target.list("off", "SELECT to_regclass('t')::text")).containsOnlyNulls();

        request.put("disabled", false);
        api.put("off", request);

        api.awaitState("off", "realtime/");
        Supermetal.await()
                .untilAsserted(() ->
                        assertThat(parts.target.list("off", "SELECT id FROM t")).containsExactly("1"));
        api.command("off", "Delete");
        api.awaitGone("off");
        assertThat(parts.remains("off")).isEmpty();
    }

    @Test
    @Order(9)
    void towards_kafka_changes_are_in_topics_that_stay_when_it_is_deleted() {
        parts.createDatabase("stream");
        parts.source.run("stream", "CREATE TABLE t (id int PRIMARY KEY, what text)", "INSERT INTO t VALUES (1, 'one')");
        Map<String, Object> request = parts.request("stream");
        request.put("sink", Map.of("kafka", parts.kafka("out.{schema}.{table}")));
        api.put("stream", request);
        api.awaitState("stream", "realtime/");

        parts.source.run("stream", "UPDATE t SET what = 'other'", "DELETE FROM t");

        Supermetal.await()
                .untilAsserted(
                        () -> assertThat(parts.operations("out.public.t")).containsExactly("r", "u", "d"));
        assertThat(parts.remains("stream")).doesNotContain("connector sm.stream.sink");
        api.command("stream", "Delete");
        api.awaitGone("stream");
        assertThat(parts.remains("stream")).isEmpty();
        assertThat(parts.operations("out.public.t")).hasSize(3);
    }

    @Test
    @Order(10)
    void who_runs_every_minute_did_so_three_times_and_said_so() {
        Supermetal.await()
                .atMost(Duration.ofMinutes(6))
                .untilAsserted(() -> assertThat(completed()).hasSizeGreaterThanOrEqualTo(RUNS));
        List<JsonNode> runs = completed();
        List<String> ids =
                runs.stream().map(each -> each.path("run_id").asText()).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(parts.target.list("minute", "SELECT count(*) FROM t")).containsExactly("10");
        assertThat(parts.source.list("minute", "SELECT slot_name FROM pg_replication_slots"))
                .isEmpty();

        api.command(SCHEDULED, "Delete");
        api.awaitGone(SCHEDULED);
        assertThat(parts.remains(SCHEDULED)).isEmpty();
    }

    @Test
    @Order(11)
    void where_the_source_is_away_all_else_goes_by_force() {
        parts.createDatabase("away");
        parts.source.run("away", "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        api.put("away", parts.request("away"));
        api.awaitState("away", "realtime/");
        parts.source.close();

        api.command("away", "ForceDelete");

        api.awaitGone("away");
        assertThat(parts.remainsInKafka("away")).isEmpty();
    }

    /** What ended well, oldest first. */
    private List<JsonNode> completed() {
        return api.moments(SCHEDULED).stream()
                .filter(each -> each.path("status").path("state").has("complete")
                        && each.path("status").path("status").has("complete"))
                .toList();
    }

    private List<String> tables() {
        return parts.target.list("seed", """
                SELECT table_schema || '.' || table_name FROM information_schema.tables
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema')""");
    }
}
