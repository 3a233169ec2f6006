package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Event.ClusterDeregistered;
import io.signalbox.processor.domain.Event.ConnectorReleased;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClustersTest {

    private static final String BASE = "/signalbox/v1/environments/default/clusters";
    private static final String LOCAL = BASE + "/local";

    private final Fixture f = new Fixture();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void a_cluster_is_registered_changed_and_forgotten() {
        var created = f.put(LOCAL, "{\"workers\":[\"http://w1:8083/\",\"https://w2/connect\"]}");
        assertThat(created.toString())
                .isEqualTo("201 {\"environment\":\"default\",\"cluster\":\"local\","
                        + "\"workers\":[\"http://w1:8083\",\"https://w2/connect\"],\"username\":null,\"password\":null,"
                        + "\"policies\":{\"poll_interval_ms\":1000,\"max_concurrency\":128,\"validate\":true,"
                        + "\"unmanaged\":\"adopt\",\"drift\":\"heal\",\"secrets\":\"mask\"},"
                        + "\"revision\":1,\"registered_at\":\"2026-01-01T00:00:00Z\","
                        + "\"updated_at\":\"2026-01-01T00:00:00Z\"}");
        assertThat(created.header("Signalbox-Position")).isEqualTo("0:0");
        var changed = f.put(
                LOCAL,
                "{\"workers\":[\"http://w1:8083\"],\"username\":\"u\",\"password\":\"${env:PASSWORD}\",\"policies\":"
                        + "{\"poll_interval_ms\":100,\"max_concurrency\":64,\"validate\":false,"
                        + "\"unmanaged\":\"report\",\"drift\":\"report\"}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(f.get(LOCAL).body()).isEqualTo(changed.body());
        assertThat(f.get(BASE).body()).isEqualTo("[" + changed.body() + "]");
        assertThat(changed.json().path("password").asText()).isEqualTo("${env:PASSWORD}");
        assertThat(changed.json().path("revision").asInt()).isEqualTo(2);
        assertThat(f.delete(LOCAL).toString()).isEqualTo("204 ");
        assertThat(f.get(LOCAL).toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"Cluster default/local is not registered\"}");
        assertThat(f.delete(LOCAL).status()).isEqualTo(404);
        assertThat(f.get(BASE).body()).isEqualTo("[]");
    }

    @Test
    void a_cluster_with_connectors_is_not_forgotten() {
        f.put(LOCAL, "{\"workers\":[\"http://w1:8083\"]}");
        f.created("a");
        f.created("b");
        var answer = f.delete(LOCAL);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.message()).startsWith("Cluster default/local still has 2 connectors: delete them first");
        f.delete("/connectors/a");
        f.delete("/connectors/b");
        assertThat(f.delete(LOCAL).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|must be a JSON object",
                "{}|\"workers\" must be an array of 1 to 16",
                "{\"workers\":\"http://w\"}|\"workers\" must be",
                "{\"workers\":[]}|\"workers\" must be",
                "{\"workers\":[1]}|must be a URL",
                "{\"workers\":[\"\"]}|must be a URL",
                "{\"workers\":[\"w:8083\"]}|must be a URL",
                "{\"workers\":[\"ftp://w\"]}|must be a URL",
                "{\"workers\":[\"http:///x\"]}|must be a URL",
                "{\"workers\":[\"http://w?x=1\"]}|must be a URL",
                "{\"workers\":[\"http://w w\"]}|must be a URL",
                "{\"workers\":[\"http://me:secret@w:8083\"]}|must not hold a user",
                "{\"workers\":[\"http://169.254.169.254\"]}|Illegal worker: 169.254.169.254:80 is no worker",
                "{\"workers\":[\"http://w\"],\"foo\":1}|Unrecognized field \"foo\"",
                "{\"workers\":[\"http://w\"],\"username\":5}|\"username\" must be a string",
                "{\"workers\":[\"http://w\"],\"username\":\"u\",\"password\":\"secret\"}|must be a reference",
                "{\"workers\":[\"http://w\"],\"username\":\"u\",\"password\":\"${env:secret}x\"}|must be a reference",
                "{\"workers\":[\"http://w\"],\"username\":\"u\",\"password\":\"${file:secret}\"}|must be a reference",
                "{\"workers\":[\"http://w\"],\"password\":\"${env:P}\"}|needs a \"username\"",
                "{\"workers\":[\"http://w\"],\"policies\":[]}|\"policies\" must be a JSON object",
                "{\"workers\":[\"http://w\"],\"policies\":{\"x\":1}}|Unrecognized field \"policies.x\"",
                "{\"workers\":[\"http://w\"],\"policies\":{\"poll_interval_ms\":99}}|from 100 to 600000",
                "{\"workers\":[\"http://w\"],\"policies\":{\"poll_interval_ms\":600001}}|from 100 to 600000",
                "{\"workers\":[\"http://w\"],\"policies\":{\"poll_interval_ms\":1e3}}|from 100 to 600000",
                "{\"workers\":[\"http://w\"],\"policies\":{\"max_concurrency\":0}}|from 1 to 128",
                "{\"workers\":[\"http://w\"],\"policies\":{\"max_concurrency\":\"4\"}}|from 1 to 128",
                "{\"workers\":[\"http://w\"],\"policies\":{\"max_concurrency\":99999999999}}|from 1 to 128",
                "{\"workers\":[\"http://w\"],\"policies\":{\"validate\":\"yes\"}}|must be true or false",
                "{\"workers\":[\"http://w\"],\"policies\":{\"unmanaged\":\"delete\"}}|must be \"adopt\" or \"report\"",
                "{\"workers\":[\"http://w\"],\"policies\":{\"drift\":true}}|must be \"heal\" or \"report\""
            })
    void what_is_wrong_with_a_spec_is_told_and_no_secret_repeated(String body, String message) {
        var answer = f.put(LOCAL, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.message()).contains(message).doesNotContain("secret");
        assertThat(f.log.commands()).isEmpty();
    }

    @Test
    void more_than_sixteen_workers_are_too_many() {
        assertThat(f.put(LOCAL, "{\"workers\":[" + "\"http://w\",".repeat(16) + "\"http://w\"]}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"-a/b,environment", "a/b%20c,cluster", "a/%2e%2e,cluster"})
    void illegal_names_are_400(String path, String which) {
        String[] names = path.split("/");
        var answer = f.put(
                "/signalbox/v1/environments/" + names[0] + "/clusters/" + names[1], "{\"workers\":[\"http://w\"]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("Illegal " + which + " name");
    }

    @Test
    void a_cluster_can_be_forgotten_while_its_connectors_go_on() {
        f.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
        for (int i = 0; i < 100; i++) {
            f.created("c-" + i);
        }
        var refused = f.delete(LOCAL);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).contains("?connectors=keep");
        assertThat(f.delete(LOCAL + "?connectors=drop").status()).isEqualTo(400);
        for (String[] condition : new String[][] {{"17", "400"}, {"\"99\"", "412"}}) {
            var kept = f.send("DELETE", LOCAL + "?connectors=keep", null, "If-Match", condition[0]);
            assertThat(kept.status()).isEqualTo(Integer.parseInt(condition[1]));
        }
        assertThat(f.log.events()).noneMatch(recorded -> recorded.event() instanceof ConnectorReleased);

        assertThat(f.delete(LOCAL + "?connectors=keep").status()).isEqualTo(204);
        assertThat(f.log.events().stream().filter(recorded -> recorded.event() instanceof ConnectorReleased))
                .hasSize(100);
        assertThat(f.log.events().getLast().event()).isInstanceOf(ClusterDeregistered.class);
        assertThat(f.get(LOCAL).status()).isEqualTo(404);
    }
}
