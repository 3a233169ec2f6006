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
}
