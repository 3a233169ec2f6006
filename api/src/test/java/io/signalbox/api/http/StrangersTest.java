package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not known, or is somebody else than he seems. */
class StrangersTest {

    private static final String CREATE = "{\"name\":\"a\",\"config\":{\"connector.class\":\"X\"}}";

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void for_the_body_of_a_stranger_nobody_waits_long() throws Exception {
        try (var f = Guarded.fixture(null);
                var socket = new Socket("127.0.0.1", f.port())) {
            socket.getOutputStream()
                    .write(("POST /connectors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 401")
                    .containsIgnoringCase("Connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8083", "a.localhost", "127.0.0.1", "127.0.0.2:1", "[::1]:8083"})
    void where_nobody_is_asked_who_he_is_this_machine_may_ask(String host) throws IOException {
        assertThat(asking(host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "[::2]"})
    void a_page_that_makes_a_browser_ask_under_another_name_learns_nothing(String host) throws IOException {
        assertThat(asking(host)).startsWith("HTTP/1.1 403").contains("http.hosts");
    }

    private static String asking(String host) throws IOException {
        try (var f = Fixture.withClusters()) {
            return f.raw("GET /connectors HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void a_page_of_another_site_changes_nothing() {
        try (var f = Fixture.withClusters()) {
            int before = f.log.commands().size();
            for (String site : new String[] {"cross-site", "same-site"}) {
                assertThat(f.send("POST", "/connectors", CREATE, "Sec-Fetch-Site", site)
                                .status())
                        .isEqualTo(403);
            }
            assertThat(f.log.commands()).hasSize(before);
            assertThat(f.send("GET", "/connectors", null, "Sec-Fetch-Site", "cross-site")
                            .status())
                    .isEqualTo(200);
            assertThat(f.send("POST", "/connectors", CREATE, "Sec-Fetch-Site", "same-origin")
                            .status())
                    .isEqualTo(201);
        }
    }
}
