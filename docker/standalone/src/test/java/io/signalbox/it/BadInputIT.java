package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.signalbox.it.Lifecycle.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a request, a real replica answers as the contract says and stores nothing. */
class BadInputIT {

    private static final String LOCAL = "/environments/default/clusters/local";
    private static final String NAME_OF_256 = "n".repeat(256);
    private static final String BODY_OF_2_MIB = "{\"name\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}";

    /** @param message a part of what the caller is to be told */
    private record Bad(String method, String path, String body, int status, String message) {}

    private static final List<Bad> TABLE = List.of(
            new Bad("GET", "/connectors/none", null, 404, "Connector none not found"),
            new Bad("GET", "/connectors/none/config", null, 404, "Connector none not found"),
            new Bad("GET", "/connectors/none/status", null, 404, "No status found for connector none"),
            new Bad("GET", "/connectors/none/tasks", null, 404, "Connector none not found"),
            new Bad("GET", "/connectors/none/tasks/0/status", null, 404, "No status found for task none-0"),
            new Bad("GET", "/connectors/none/tasks/x/status", null, 404, "HTTP 404 Not Found"),
            new Bad("GET", "/environments/default/clusters/away-with-it/connectors", null, 404, "is not registered"),
            new Bad("POST", "/environments/default/clusters/none/connectors", create("n"), 404, "is not registered"),
            new Bad("PUT", "/environments/default/clusters/none/connectors/c/pause", null, 404, "is not registered"),
            new Bad("GET", "/environments/de%20fault/clusters/local/connectors", null, 400, "Illegal environment name"),
            new Bad("GET", LOCAL + "/connectors/none", null, 404, "Connector none not found"),
            new Bad("POST", "/connectors", "{", 400, "no JSON"),
            new Bad("POST", "/connectors", "nonsense", 400, "no JSON"),
            new Bad("POST", "/connectors", "", 400, "no body"),
            new Bad("POST", "/connectors", "null", 400, "null"),
            new Bad("POST", "/connectors", "[]", 400, "must be an object"),
            new Bad("POST", "/connectors", "{\"name\":\"n\"}", 400, "no \"config\""),
            new Bad("POST", "/connectors", "{\"name\":{},\"config\":{}}", 400, "'name' must be a string"),
            new Bad("POST", "/connectors", "{\"name\":\"n\",\"config\":5}", 400, "Cannot deserialize"),
            new Bad("POST", "/connectors", "{\"name\":\"n\",\"config\":{\"a\":[]}}", 400, "Cannot deserialize"),
            new Bad("POST", "/connectors", "{\"name\":\"n\",\"config\":{},\"x\":1}", 400, "Unrecognized field \"x\""),
            new Bad("POST", "/connectors", "{\"name\":\"n\",\"config\":{}}", 400, "contains no connector type"),
            new Bad("POST", "/connectors", create(""), 400, "String may not be empty"),
            new Bad("POST", "/connectors", create("a\\u0001b"), 400, "control sequences"),
            new Bad("POST", "/connectors", create(NAME_OF_256), 400, "longer than 255"),
            new Bad("POST", "/connectors", BODY_OF_2_MIB, 413, "longer than 1048576 bytes"),
            new Bad("POST", "/connectors", "[".repeat(10_000), 400, ""),
            new Bad("PUT", "/connectors/n/config", "{", 400, "no JSON"),
            new Bad("PUT", "/connectors/n/config", "{\"connector.class\":\"A\",\"name\":\"m\"}", 400, "doesn't match"),
            new Bad("PUT", "/connectors/" + NAME_OF_256 + "/config", config(), 400, "longer than 255"),
            new Bad("PUT", "/connectors/a%0Ab/config", config(), 400, ""),
            new Bad("PUT", "/connectors/n/config", "{\"k\":" + "9".repeat(2_000_000) + "}", 413, "longer than"),
            new Bad("PATCH", "/connectors/none/config", "{\"a\":\"b\"}", 404, "Connector none not found"),
            new Bad("PATCH", "/connectors/none/config", "{\"a\":{}}", 400, "Cannot deserialize"),
            new Bad("PATCH", "/connectors", "{}", 405, "HTTP 405 Method Not Allowed"),
            new Bad("GET", "/nothing/here", null, 404, "HTTP 404 Not Found"),
            new Bad("GET", "/connectors/%00", null, 400, ""),
            new Bad("PUT", "/signalbox/v1/environments/default/clusters/x", "{}", 400, "\"workers\""),
            new Bad("PUT", "/signalbox/v1/environments/default/clusters/x", "[]", 400, "must be a JSON object"),
            new Bad("PUT", "/signalbox/v1/environments/default/clusters/%20", workers("http://w:1"), 400, "Illegal"),
            new Bad("PUT", "/signalbox/v1/environments/default/clusters/x", workers("ftp://w"), 400, "must be a URL"),
            new Bad("GET", "/signalbox/v1/environments/default/clusters/x", null, 404, "not registered"));

    @Test
    void bad_requests_are_answered_as_the_contract_says_and_nothing_is_stored() {
        Api api = SharedReplica.quiet();
        var topics = new Topics(RealParts.shared());
        var before = topics.ends(SharedReplica.QUIET + ".commands");

        TABLE.forEach(bad -> refused(bad, send(api, bad)));

        assertThat(topics.ends(SharedReplica.QUIET + ".commands")).isEqualTo(before);
    }

    /** Only the log can tell that a connector is not there, so these are commands; but they change nothing. */
    @Test
    void changes_of_an_unknown_connector_are_404_and_leave_no_event() {
        Api api = SharedReplica.quiet();
        for (Bad bad : List.of(
                new Bad("PUT", "/connectors/absent/pause", null, 404, "Unknown connector absent"),
                new Bad("PUT", "/connectors/absent/resume", null, 404, "Unknown connector absent"),
                new Bad("PUT", "/connectors/absent/stop", null, 404, "Unknown connector absent"),
                new Bad("POST", "/connectors/absent/restart", null, 404, "Unknown connector: absent"),
                new Bad("POST", "/connectors/absent/tasks/0/restart", null, 404, "Unknown connector: absent"),
                new Bad("DELETE", "/connectors/absent", null, 404, "Connector absent not found"))) {
            refused(bad, send(api, bad));
        }
        assertThat(api.create("absent", Map.of("connector.class", "Any"), "?validate=deferred")
                        .status())
                .isEqualTo(201);
        var lifecycle = new Lifecycle(RealParts.shared(), SharedReplica.QUIET);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(lifecycle.of("default/local/absent"))
                        .extracting(Event::type, Event::revision)
                        .containsExactly(tuple("ConnectorCreated", 1L)));
    }

    private static Api.Answer send(Api api, Bad bad) {
        return api.send(bad.method(), bad.path(), bad.body());
    }

    private static void refused(Bad bad, Api.Answer answer) {
        String as = bad.method() + " " + shortened(bad.path()) + " " + shortened(String.valueOf(bad.body())) + " -> "
                + shortened(answer.text());
        assertThat(answer.status()).as(as).isEqualTo(bad.status());
        assertThat(answer.header("Content-Type")).as(as).startsWith("application/json");
        assertThat(answer.body().size()).as(as).isEqualTo(2);
        assertThat(answer.body().path("error_code").asInt()).as(as).isEqualTo(bad.status());
        assertThat(answer.message()).as(as).isNotBlank().contains(bad.message());
        assertThat(answer.text()).as(as).doesNotContain("io.signalbox", "com.fasterxml", "\tat ", "\\tat ");
    }

    private static String create(String name) {
        return "{\"name\":\"" + name + "\",\"config\":" + config() + "}";
    }

    private static String config() {
        return Api.json(Map.of("connector.class", "FileStreamSource"));
    }

    private static String workers(String url) {
        return Api.json(Map.of("workers", List.of(url)));
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
