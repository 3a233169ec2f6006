package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Tables of a pipeline between two real PostgreSQL servers that are copied once more, while their rows change. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineTasksIT {

    private static final String ID = "again";
    /** More than two of Debezium's chunks. */
    private static final int ROWS = 3_000;

    private static final String ITEMS = "SELECT id, what FROM items ORDER BY id";
    private static final String ODD = "SELECT id, what FROM \"OddOne\" ORDER BY id";

    private PipelineParts parts;
    private Supermetal api;

    @BeforeAll
    void start() throws InterruptedException {
        parts = new PipelineParts("pipeline-tasks");
        api = parts.api;
        parts.createDatabase(ID);
        parts.source.run(
                ID,
                "CREATE TABLE items (id int PRIMARY KEY, what text)",
                "INSERT INTO items SELECT i, 'row ' || i FROM generate_series(1, " + ROWS + ") i",
                "CREATE TABLE \"OddOne\" (id int PRIMARY KEY, what text)",
                "INSERT INTO \"OddOne\" VALUES (1, 'one'), (2, 'two')",
                "CREATE TABLE empty (id int PRIMARY KEY)",
                "CREATE TABLE keyless (what text)");
        api.put(ID, parts.request(ID));
        api.awaitState(ID, "realtime/");
        equal(ITEMS);
        equal(ODD);
    }

    @AfterAll
    void stop() throws InterruptedException {
        parts.stop();
    }

    private static Map<String, Object> table(String name) {
        return Map.of("Snapshot", Map.of("schema", "public", "name", name));
    }

    private void equal(String rows) {
        Supermetal.await()
                .untilAsserted(() -> assertThat(parts.target.list(ID, rows)).isEqualTo(parts.source.list(ID, rows)));
    }

    private JsonNode ended(String task, String state) {
        Supermetal.await()
                .untilAsserted(() -> assertThat(api.task(ID, task).text()).contains("\"state\":\"" + state + "\""));
        return api.task(ID, task).body();
    }

    @Test
    @Order(1)
    void what_went_astray_at_the_target_is_equal_again_and_what_changes_meanwhile_arrives() {
        parts.target.run(
                ID,
                "UPDATE items SET what = 'astray' WHERE id % 2 = 0",
                "DELETE FROM items WHERE id BETWEEN 100 AND 1500",
                "UPDATE \"OddOne\" SET what = 'astray'");
        String task = api.createTask(ID, table("items"));
        assertThat(api.createTask(ID, table("items"))).as("it is there already").isEqualTo(task);
        String odd = api.createTask(ID, table("OddOne"));
        for (int i = 0; i < 40; i++) {
            parts.source.run(
                    ID,
                    "UPDATE items SET what = 'changed " + i + "' WHERE id % 40 = " + i,
                    "DELETE FROM items WHERE id = " + (2_000 + i),
                    "INSERT INTO items VALUES (" + (10_000 + i) + ", 'new')");
        }
        assertThat(ended(task, "Done").path("attempt").asLong()).isEqualTo(1);
        assertThat(ended(odd, "Done").path("attempt").asLong()).isEqualTo(1);
        equal(ITEMS);
        assertThat(parts.target.list(ID, ODD)).as("done is done").isEqualTo(parts.source.list(ID, ODD));
        assertThat(api.state(ID)).startsWith("realtime/");
        assertThat(parts.source.list(ID, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ 'debezium'"))
                .as("nothing is written into the source")
                .isEmpty();
    }

    @Test
    @Order(2)
    void an_empty_table_is_done_and_one_that_cannot_be_copied_fails_with_the_reason() {
        ended(api.createTask(ID, table("empty")), "Done");
        assertThat(ended(api.createTask(ID, table("nowhere")), "Failed")
                        .path("reason")
                        .asText())
                .isEqualTo("public.nowhere: there is no such table");
        assertThat(ended(api.createTask(ID, table("keyless")), "Failed")
                        .path("reason")
                        .asText())
                .isEqualTo("public.keyless: it has no primary key");
        assertThat(api.state(ID)).startsWith("realtime/");
    }

    @Test
    @Order(3)
    void what_is_stopped_copies_when_it_runs_again_and_nothing_that_was_cancelled() {
        api.command(ID, "Stop");
        api.awaitState(ID, "shutdown/complete");
        parts.target.run(ID, "UPDATE items SET what = 'astray' WHERE id < 50", "UPDATE \"OddOne\" SET what = 'mine'");
        String kept = api.createTask(ID, table("items"));
        String cancelled = api.createTask(ID, table("OddOne"));
        assertThat(api.cancel(ID, cancelled)).isEqualTo(200);
        api.command(ID, "Start");
        ended(kept, "Done");
        ended(cancelled, "Cancelled");
        assertThat(parts.target.list(ID, ITEMS)).isEqualTo(parts.source.list(ID, ITEMS));
        assertThat(parts.target.list(ID, "SELECT DISTINCT what FROM \"OddOne\""))
                .containsExactly("mine");
    }

    @Test
    @Order(4)
    void a_copy_in_the_midst_of_which_replica_and_worker_are_killed_comes_to_its_end() throws InterruptedException {
        parts.target.run(ID, "UPDATE items SET what = 'astray'");
        String task = api.createTask(ID, table("items"));
        parts.replica.kill9();
        parts.replica.startAndAwait();
        Supermetal.await()
                .untilAsserted(
                        () -> assertThat(api.task(ID, task).body().path("state").asText())
                                .isIn("Running", "Done"));
        parts.worker.kill9();
        parts.worker.startAndAwait();
        ended(task, "Done");
        equal(ITEMS);
    }

    @Test
    @Order(5)
    void nothing_is_left_of_what_is_deleted() {
        api.command(ID, "Delete");
        api.awaitGone(ID);
        assertThat(parts.remains(ID)).isEmpty();
        assertThat(api.task(ID, "any").status()).isEqualTo(404);
    }
}
