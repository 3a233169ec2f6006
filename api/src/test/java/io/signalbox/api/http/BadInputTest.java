package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request: the contract's status, the error's shape, nothing of our inside, nothing stored. */
class BadInputTest {

    private static Fixture f;

    @BeforeAll
    static void open() {
        f = Fixture.withClusters();
        f.created("c");
    }

    @AfterAll
    static void close() {
        f.close();
    }

    private static void refused(Fixture.Reply answer, int status, String message) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().size()).isEqualTo(2);
        assertThat(answer.json().path("error_code").asInt()).isEqualTo(status);
        assertThat(answer.message()).contains(message);
        assertThat(answer.body()).doesNotContain("io.signalbox", "Exception", "com.fasterxml", "\\tat ", "\tat ");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|no body",
                "'   '|no body",
                "null|is null",
                "{|no JSON at line 1",
                "{\"name\"|no JSON at line 1",
                "nonsense|no JSON at line 1",
                "[]|must be an object",
                "5|must be an object",
                "\"x\"|must be an object",
                "{}|has no \"config\"",
                "{\"name\":\"n\"}|has no \"config\"",
                "{\"name\":\"n\",\"config\":null}|has no \"config\"",
                "{\"name\":\"n\",\"config\":[]}|from an array",
                "{\"name\":\"n\",\"config\":\"x\"}|from a plain value",
                "{\"name\":\"n\",\"config\":{\"a\":{}}}|Cannot deserialize value of type String from an object",
                "{\"name\":\"n\",\"config\":{\"a\":[1]}}|Cannot deserialize value of type String from an array",
                "{\"name\":{},\"config\":{}}|the value of 'name' must be a string",
                "{\"name\":\"n\",\"config\":{},\"foo\":1}|Unrecognized field \"foo\"",
                "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"initial_state\":\"STARTED\"}|Unknown initial_state",
                "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\"},\"initial_state\":\"\"}|Unknown initial_state",
                "{\"name\":\"n\",\"config\":{}}|Connector config {} contains no connector type",
                "{\"name\":\"n\",\"config\":{\"connector.class\":null}}|contains no connector type",
                "{\"name\":\"\",\"config\":{\"connector.class\":\"X\"}}|Invalid value  for configuration name: String may not be empty",
                "{\"name\":\"  \",\"config\":{\"connector.class\":\"X\"}}|String may not be empty",
                "{\"config\":{\"connector.class\":\"X\"}}|String may not be empty",
                "{\"name\":\"a\\u0001\\u0007b\",\"config\":{\"connector.class\":\"X\"}}|String may not contain control sequences but had the following ASCII chars: 1,7",
                "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\",\"name\":\"m\"}}|Connector name configuration (m) doesn't match connector name in the URL (n)",
                "{\"name\":\"\\ud800\",\"config\":{\"connector.class\":\"X\"}}|half a surrogate pair",
                "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\",\"k\":\"\\udc00\"}}|half a surrogate pair",
                "{\"name\":\"n\",\"config\":{\"connector.class\":\"X\",\"k\":01}}|no JSON at line 1",
                "{\"name\":\"n\" \"config\":{}}|no JSON at line 1"
            })
    void bad_bodies_of_creation_are_400(String body, String message) {
        int before = f.log.commands().size();
        refused(f.send("POST", "/connectors", body, "Content-Type", "application/json"), 400, message);
        assertThat(f.log.commands()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT|''|no body",
                "PUT|null|is null",
                "PUT|[]|from an array",
                "PUT|{\"a\":{}}|from an object",
                "PUT|{\"connector.class\":\"X\",\"name\":\"d\"}|doesn't match",
                "PUT|{}|contains no connector type",
                "PATCH|''|no body",
                "PATCH|null|is null",
                "PATCH|\"x\"|from a plain value",
                "PATCH|{\"a\":[]}|from an array",
                "PATCH|{\"connector.class\":null}|contains no connector type"
            })
    void bad_configs_are_400(String method, String body, String message) {
        int before = f.log.commands().size();
        refused(f.send(method, "/connectors/c/config", body, "Content-Type", "application/json"), 400, message);
        assertThat(f.log.commands()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":hunter2}",
                "{\"password\":\"hunter2\"hunter2}",
                "{\"password\":'hunter2'}",
                "{password:\"hunter2\"}",
                "{\"password\":\"\\hunter2\"}",
                "hunter2"
            })
    void a_secret_without_its_quotes_is_not_quoted_either(String body) {
        var answer = f.put("/connectors/c/config", body);
        refused(answer, 400, "no JSON");
        assertThat(answer.body()).doesNotContain("hunter", "unter");
    }

    @Test
    void a_name_may_not_be_longer_than_255() {
        String name = "n".repeat(256);
        refused(f.put("/connectors/" + name + "/config", "{\"connector.class\":\"X\"}"), 400, "longer than 255");
        refused(f.get("/connectors/" + name), 404, "not found");
    }

    @Test
    void a_control_character_in_a_path_is_no_name() {
        refused(f.put("/connectors/a%01b/config", "{\"connector.class\":\"X\"}"), 400, "ASCII chars: 1");
        refused(f.get("/connectors/a%0Ab"), 404, "not found");
        refused(f.put("/connectors/a%1Fb/pause", null), 404, "Unknown connector");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void ten_thousand_levels_are_400(String level) {
        refused(f.post("/connectors", level.repeat(10_000)), 400, "");
        refused(f.put("/signalbox/v1/environments/default/clusters/x", level.repeat(10_000)), 400, "100 levels");
    }

    @Test
    void bytes_that_are_no_utf8_are_400() throws IOException {
        String body = "{\"name\":\"\u00ff\"}";
        String answer = f.raw("POST /connectors HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("{\"error_code\":400,\"message\":\"The request's body is no JSON");
    }

    @Test
    void a_body_of_one_mebibyte_is_read_and_one_byte_more_is_413() {
        String head = "{\"name\":\"big\",\"config\":{\"connector.class\":\"X\",\"k\":\"";
        String tail = "\"}}";
        String fits = head + "v".repeat(Body.MAX_BYTES - head.length() - tail.length()) + tail;
        assertThat(f.post("/connectors", fits).status()).isEqualTo(201);
        refused(f.post("/connectors", fits + " "), 413, "longer than 1048576 bytes");
        refused(f.post("/connectors", fits.repeat(4)), 413, "longer than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/connectors,text/plain",
        "POST,/connectors,application/x-www-form-urlencoded",
        "PUT,/connectors/c/config,application/xml",
        "PATCH,/connectors/c/config,application/json-patch+json",
        "PUT,/connectors/c/stop,application/x-www-form-urlencoded",
        "PUT,/signalbox/v1/environments/default/clusters/local,text/json"
    })
    void another_content_type_is_415(String method, String path, String type) {
        refused(f.send(method, path, "{}", "Content-Type", type), 415, "HTTP 415 Unsupported Media Type");
    }

    @Test
    void a_body_without_a_content_type_is_415() throws IOException {
        assertThat(
                        f.raw(
                                "POST /connectors HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415");
        assertThat(f.raw("PUT /connectors/c/pause HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 202");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/connectors,gzip",
        "PUT,/connectors/c/pause,gzip",
        "DELETE,/connectors/c,'identity, br'",
        "PUT,/signalbox/v1/environments/default/clusters/local,deflate"
    })
    void a_packed_body_is_415(String method, String path, String coding) {
        int before = f.log.commands().size();
        var answer = f.send(method, path, "{}", "Content-Encoding", coding, "Content-Type", "application/json");
        refused(answer, 415, "send the body as it is");
        assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
        assertThat(f.log.commands()).hasSize(before);
        assertThat(f.send("PATCH", "/connectors/c/config", "{}", "Content-Encoding", "Identity")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_charset_beside_the_content_type_is_fine() {
        assertThat(f.send("PATCH", "/connectors/c/config", "{}", "Content-Type", "Application/JSON; charset=UTF-8")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html|406",
                "application/xml, text/*|406",
                "application/json;q=0|406",
                "application/json|200",
                "*/*|200",
                "text/html, application/*;q=0.5|200",
                "text/html,*/*;q=0.1|200",
                "APPLICATION/JSON ; q=1|200"
            })
    void who_accepts_no_json_gets_406(String accept, int status) {
        var answer = f.send("GET", "/connectors", null, "Accept", accept);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 406) {
            refused(answer, 406, "HTTP 406 Not Acceptable");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nonsense,404,Not Found",
        "GET,/connectors/c/nonsense,404,Not Found",
        "GET,/connectors/c/tasks-config,404,Not Found",
        "GET,/connectors/a/b,404,Not Found",
        "GET,/environments/default,404,Not Found",
        "GET,/signalbox/v1/nonsense,404,Not Found",
        "GET,/openapi.json,404,Not Found",
        "PUT,/connectors,405,Method Not Allowed",
        "POST,/connectors/c,405,Method Not Allowed",
        "DELETE,/connectors/c/config,405,Method Not Allowed",
        "GET,/connectors/c/pause,405,Method Not Allowed",
        "POST,/health,405,Method Not Allowed",
        "PATCH,/signalbox/v1/environments/default/clusters/local,405,Method Not Allowed"
    })
    void unknown_paths_are_404_and_wrong_methods_405(String method, String path, int status, String message) {
        refused(f.send(method, path, null), status, "HTTP " + status + " " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /connectors/%zz HTTP/1.1",
                "GET /connectors/%C3%28 HTTP/1.1",
                "GET //connectors HTTP/1.1",
                "GET /connectors//c HTTP/1.1",
                "GET /connectors/a\u0000b HTTP/1.1",
                "GET nonsense HTTP/1.1"
            })
    void a_malformed_uri_is_400_in_json(String line) throws IOException {
        String answer = f.raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("{\"error_code\":400,\"message\":\"");
        assertThat(answer).contains("Content-Type: application/json").doesNotContain("Server:", "jetty", "Exception");
    }

    @Test
    void a_url_that_is_too_long_is_414() throws IOException {
        String answer = f.raw("GET /connectors?q=" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 414").contains("{\"error_code\":414,");
    }

    @Test
    void too_many_headers_are_431() throws IOException {
        String answer = f.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431").contains("{\"error_code\":431,");
    }
}
