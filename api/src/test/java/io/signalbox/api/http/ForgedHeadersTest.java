package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from outside and goes into a header of an answer, such as the name in a Location. */
class ForgedHeadersTest {

    private static final String FORGED = "X-Forged";
    private static final String NAME = "a\\r\\nX-Forged: 1\\r\\n\\r\\n<html>";
    private static final String ENCODED = "a%0D%0AX-Forged:%201%0D%0A%0D%0A%3Chtml%3E";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void a_name_with_line_breaks_is_refused_and_told_back_as_text() throws IOException {
        String refused = create(NAME);
        assertThat(refused).startsWith("HTTP/1.1 400");
        assertOnlyOurs(refused);
        for (String path : new String[] {"", "/config", "/status", "/tasks", "/offsets"}) {
            assertOnlyOurs(request("GET /connectors/" + ENCODED + path, ""));
        }
        assertOnlyOurs(request("DELETE /connectors/" + ENCODED, ""));
    }

    @Test
    void a_name_that_no_header_can_hold_is_encoded_in_it() throws IOException {
        String created = create("\\u00c4 \\u2028\\\"x");
        assertThat(created).startsWith("HTTP/1.1 201").contains("/connectors/%C3%84%20%E2%80%A8%22x\r\n");
        assertOnlyOurs(created);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connectors/" + ENCODED,
                "/" + ENCODED,
                "/connectors?expand=" + ENCODED,
                "/signalbox/v1/environments/" + ENCODED + "/clusters",
                "/signalbox/v1/events?type=" + ENCODED,
                "/openapi/" + ENCODED
            })
    void nor_can_a_path_or_a_query(String path) throws IOException {
        assertOnlyOurs(request("GET " + path, ""));
    }

    private String create(String name) throws IOException {
        return request("POST /connectors", "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"X\"}}");
    }

    private String request(String line, String body) throws IOException {
        return f.raw(line
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    private static void assertOnlyOurs(String answer) {
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        assertThat(head).startsWith("HTTP/1.1 ");
        assertThat(head.lines().skip(1)).allMatch(line -> line.matches("[A-Za-z-]+: .*"));
        assertThat(head.lines()).noneMatch(line -> line.startsWith(FORGED));
    }
}
