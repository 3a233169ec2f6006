package io.signalbox.api.dialect.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Guarded;
import io.signalbox.api.query.StoreUnavailableException;
import io.signalbox.processor.domain.ClusterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong, each client finds its own form of it. */
class ErrorsTest {

    private static void both(Fixture.Reply answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        var body = answer.json();
        assertThat(body.path("error_code").asInt()).isEqualTo(status);
        assertThat(body.at("/error/code").asInt()).isEqualTo(status);
        assertThat(body.path("message").asText())
                .isNotBlank()
                .isEqualTo(body.at("/error/message").asText());
        assertThat(answer.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void who_is_not_known_or_may_not() {
        try (var f = Guarded.fixture(null)) {
            f.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
            both(f.get(Cloud.BASE + "/connectors"), 401);
            both(f.send("GET", Cloud.BASE + "/connectors/c", null, "Authorization", Guarded.basic("a", "b")), 401);
            var viewer = Guarded.newKey(f, "viewer:default");
            assertThat(Guarded.as(f, viewer, "GET", Cloud.BASE + "/connectors", null)
                            .status())
                    .isEqualTo(200);
            var refused = Guarded.as(f, viewer, "PUT", Cloud.BASE + "/connectors/c/pause", null);
            both(refused, 403);
            assertThat(refused.message())
                    .as("without these words Terraform would take it to be gone")
                    .startsWith("Not allowed: this needs the role operator")
                    .contains("invalid API key");
            both(Guarded.as(f, viewer, "DELETE", Cloud.BASE + "/connectors/c", null), 403);
            both(Guarded.as(f, viewer, "POST", Cloud.BASE + "/connectors", Cloud.creation("c", "DatagenSource")), 403);
        }
    }

    @Test
    void lists_hold_what_the_caller_may_see() {
        try (var f = Guarded.fixture(null)) {
            f.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
            f.worker.answersTo("plugins", 200, "[{\"class\":\"a.X\",\"type\":\"source\"}]");
            var admin = Guarded.newKey(f, "admin");
            for (String name : new String[] {"team-a", "other"}) {
                Guarded.as(f, admin, "POST", Cloud.BASE + "/connectors", Cloud.creation(name, "a.X"));
            }
            var some = Guarded.newKey(f, "viewer:default/local/team-*");
            assertThat(Guarded.as(f, some, "GET", Cloud.BASE + "/connectors", null)
                            .body())
                    .isEqualTo("[\"team-a\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/connect/v1/nonsense,404",
        "GET,/connect/v1/environments/default/clusters/local/nonsense,404",
        "PATCH,/connect/v1/environments/default/clusters/local/connectors/c/config,405",
        "PUT,/connect/v1/environments/default/clusters/local/connectors/c/stop,404",
        "GET,/connect/v1/environments/default/clusters/local/connectors/c/topics,404"
    })
    void what_there_is_not(String method, String path, int status) {
        try (var cloud = new Cloud()) {
            both(cloud.f.send(method, path, method.equals("GET") ? null : "{}"), status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/connectors|",
                "GET|/connectors?expand=id,info,status|",
                "POST|/connectors|{\"name\":\"d\",\"config\":{\"connector.class\":\"DatagenSource\"}}",
                "GET|/connectors/c|",
                "DELETE|/connectors/c|",
                "GET|/connectors/c/config|",
                "PUT|/connectors/c/config|{\"connector.class\":\"DatagenSource\"}",
                "PUT|/connectors/c/pause|",
                "PUT|/connectors/c/resume|",
                "POST|/connectors/c/restart|",
                "GET|/connectors/c/status|",
                "GET|/connectors/c/tasks|",
                "GET|/connectors/c/offsets|",
                "POST|/connectors/c/offsets/request|{\"type\":\"DELETE\"}",
                "GET|/connectors/c/offsets/request/status|",
                "GET|/connectors/c/error-recommendations|",
                "GET|/connector-plugins|",
                "PUT|/connector-plugins/DatagenSource/config/validate|{}",
                "PUT|/connector-plugins/DatagenSource/config/translate|{}"
            })
    void who_is_busy_says_when_to_come_again(String method, String path, String body) {
        try (var cloud = new Cloud()) {
            cloud.f.log.breakWith(new StoreUnavailableException("moving", null));
            cloud.f.worker.goesAway();
            var answer = cloud.f.send(method, Cloud.BASE + path, body);
            both(answer, 503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void what_is_no_json() {
        try (var cloud = new Cloud()) {
            both(cloud.f.send("POST", Cloud.BASE + "/connectors", "a=b", "Content-Type", "text/plain"), 415);
            both(cloud.f.send("GET", Cloud.BASE + "/connectors", null, "Accept", "text/html"), 406);
            both(cloud.post("/connectors", "x".repeat(1_100_000)), 413);
        }
    }
}
