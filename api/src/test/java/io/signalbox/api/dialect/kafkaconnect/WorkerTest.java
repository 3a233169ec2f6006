package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only the worker knows: its version, its plugins, what it thinks of a config. */
class WorkerTest {

    private static final String INFO = "{\"version\":\"4.3.1\",\"commit\":\"26b2\",\"kafka_cluster_id\":\"abc\"}";
    private static final String PLUGINS = "[{\"class\":\"a.B\",\"type\":\"sink\",\"version\":\"1\"}]";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private void later(int seconds) {
        f.nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void the_root_is_the_workers_own_and_remembered() {
        f.worker.answers(200, INFO);
        assertThat(f.get("/").toString()).isEqualTo("200 " + INFO);
        f.worker.goesAway();
        assertThat(f.get("/").body()).isEqualTo(INFO);
        assertThat(f.worker.asked()).hasSize(1);
        later(31);
        assertThat(f.get("/").body()).isEqualTo(INFO);
        assertThat(f.worker.asked()).hasSize(2);
    }

    @Test
    void of_a_worker_never_seen_nothing_is_known() {
        f.worker.goesAway();
        String unknown = "{\"version\":\"unknown\",\"commit\":\"unknown\",\"kafka_cluster_id\":\"unknown\"}";
        assertThat(f.get("/").toString()).isEqualTo("200 " + unknown);
        assertThat(f.get("/").toString()).isEqualTo("200 " + unknown);
        assertThat(f.worker.asked()).as("asked again only after a while").hasSize(1);
        later(6);
        f.worker.answers(200, INFO);
        assertThat(f.get("/").body()).isEqualTo(INFO);
    }

    @Test
    void plugins_are_cached_and_outlive_the_worker() {
        f.worker.answers(200, PLUGINS);
        assertThat(f.get("/connector-plugins").toString()).isEqualTo("200 " + PLUGINS);
        f.worker.answers(200, "[]");
        assertThat(f.get("/connector-plugins").body()).isEqualTo(PLUGINS);
        assertThat(f.get("/connector-plugins?connectorsOnly=false").body()).isEqualTo("[]");
        later(31);
        assertThat(f.get("/connector-plugins").body()).isEqualTo("[]");
        f.worker.goesAway();
        later(31);
        assertThat(f.get("/connector-plugins").body()).isEqualTo("[]");
        assertThat(f.worker.asked().getFirst()).isEqualTo("plugins default/local true");
    }

    @Test
    void plugins_never_seen_are_503() {
        f.worker.goesAway();
        var answer = f.get("/connector-plugins");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.message())
                .isEqualTo("No worker of cluster default/local answered yet, so its plugins are not known");
    }

    @Test
    void validate_goes_through_to_the_worker() {
        String infos = "{\"name\":\"X\",\"error_count\":1,\"groups\":[],\"configs\":[]}";
        f.worker.answers(200, infos);
        var answer = f.put("/connector-plugins/X/config/validate", "{\"connector.class\":\"X\",\"k\":null}");
        assertThat(answer.toString()).isEqualTo("200 " + infos);
        assertThat(f.worker.asked()).containsExactly("validate default/local X {connector.class=X, k=null}");
    }

    @Test
    void validate_tells_a_mismatch_in_the_workers_words() {
        f.worker.answers(
                400, "{\"error_code\":400,\"message\":\"Included connector type X does not match request type Y\"}");
        assertThat(f.put("/connector-plugins/Y/config/validate", "{\"connector.class\":\"X\"}")
                        .toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Included connector type X does not match request type"
                        + " Y\"}");
    }

    @Test
    void without_a_worker_nothing_can_be_validated() {
        f.worker.goesAway();
        var answer = f.put("/connector-plugins/X/config/validate", "{\"connector.class\":\"X\"}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message()).isEqualTo("No worker of the cluster answered in time");
    }

    @Test
    void topics_are_the_workers_even_of_a_connector_that_is_not_there() {
        int commands = f.log.commands().size();
        f.worker.answers(200, "{\"c d\":{\"topics\":[\"t\"]}}");
        assertThat(f.get("/connectors/c%20d/topics").toString()).isEqualTo("200 {\"c d\":{\"topics\":[\"t\"]}}");
        f.worker.answers(202, null);
        var reset = f.put(Fixture.OTHER + "/connectors/c/topics/reset", null);
        assertThat(reset.toString()).isEqualTo("202 ");
        assertThat(reset.header("Content-Length")).isEqualTo("0");
        assertThat(f.worker.asked()).containsExactly("topics default/local c d", "reset topics lab/blue c");
        assertThat(f.log.commands())
                .as("what workers note is not desired by anybody")
                .hasSize(commands);
    }

    @Test
    void a_worker_that_keeps_no_topics_says_so() {
        f.worker.answers(403, "{\"error_code\":403,\"message\":\"Topic tracking is disabled.\"}");
        assertThat(f.get("/connectors/c/topics").toString())
                .isEqualTo("403 {\"error_code\":403,\"message\":\"Topic tracking is disabled.\"}");
        assertThat(f.put("/connectors/c/topics/reset", null).status()).isEqualTo(403);
    }

    @Test
    void a_plugins_settings_are_asked_for_in_the_version_that_the_caller_wants() {
        f.worker.answers(200, "[]");
        f.get("/connector-plugins/X/config");
        f.get("/connector-plugins/X/config?version=%5B1,2)");
        assertThat(f.worker.asked())
                .containsExactly("plugin config default/local X null", "plugin config default/local X [1,2)");
        f.worker.answers(404, "{\"error_code\":404,\"message\":\"Unknown plugin X.\"}");
        assertThat(f.get("/connector-plugins/X/config").toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Unknown plugin X.\"}");
    }

    @Test
    void loggers_are_one_workers_who_is_named() {
        f.worker.answers(200, "{\"root\":{\"level\":\"INFO\",\"last_modified\":null}}");
        var all = f.get("/admin/loggers");
        assertThat(all.toString()).isEqualTo("200 {\"root\":{\"level\":\"INFO\",\"last_modified\":null}}");
        assertThat(all.header("Signalbox-Worker")).isEqualTo("w:8083");
        f.worker.answers(404, "{\"error_code\":404,\"message\":\"Logger a.b not found.\"}");
        assertThat(f.get("/admin/loggers/a.b").message()).isEqualTo("Logger a.b not found.");
        f.worker.answers(200, "[\"a.b\"]");
        assertThat(f.put("/admin/loggers/a.b", "{\"level\":\"DEBUG\"}").toString())
                .isEqualTo("200 [\"a.b\"]");
        f.worker.answers(204, null);
        assertThat(f.put("/admin/loggers/a.b?scope=cluster", "{\"level\":\"DEBUG\"}")
                        .toString())
                .isEqualTo("204 ");
        assertThat(f.worker.asked())
                .containsExactly(
                        "loggers default/local",
                        "logger default/local a.b",
                        "set logger default/local a.b {level=DEBUG} null",
                        "set logger default/local a.b {level=DEBUG} cluster");
    }

    @Test
    void a_level_that_is_missing_needs_no_worker() {
        assertThat(f.put("/admin/loggers/a.b", "{}").toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":\"Desired 'level' parameter was not specified in"
                        + " request.\"}");
        assertThat(f.worker.asked()).isEmpty();
    }

    @Test
    void what_workers_say_to_each_other_is_not_for_us() {
        String[] signed = {"X-Connect-Authorization", "c2lnbg==", "X-Connect-Request-Signature-Algorithm", "HmacSHA256"
        };
        for (String[] endpoint : new String[][] {{"POST", "/connectors/c/tasks"}, {"PUT", "/connectors/c/fence"}}) {
            assertThat(f.send(endpoint[0], endpoint[1], "[]").toString())
                    .isEqualTo("400 {\"error_code\":400,\"message\":\"Internal request missing required signature\"}");
            assertThat(f.send(endpoint[0], endpoint[1], "[]", signed).toString())
                    .isEqualTo(
                            "403 {\"error_code\":403,\"message\":\"Internal request contained invalid signature.\"}");
        }
        assertThat(f.worker.asked()).isEmpty();
    }
}
