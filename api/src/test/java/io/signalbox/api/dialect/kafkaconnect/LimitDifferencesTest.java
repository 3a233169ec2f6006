package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of the table of differences that are about how much can be asked. */
class LimitDifferencesTest {

    private static final String X = "{\"connector.class\":\"X\"}";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void d_large_body_is_413() {
        assertThat(f.post("/connectors", " ".repeat(1024 * 1024 + 1)).status()).isEqualTo(413);
    }

    @Test
    void d_long_name_is_400() {
        assertThat(f.put("/connectors/" + "n".repeat(256) + "/config", X).status())
                .isEqualTo(400);
    }

    @Test
    void d_repeated_name_is_400() {
        assertThat(f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"k\":\"a\",\"k\":\"b\"}")
                        .message())
                .startsWith("The request's body has the same name twice");
    }

    @Test
    void d_deep_json_is_400() {
        String nested = "[".repeat(100) + "]".repeat(100);
        assertThat(f.patch("/connectors/c/offsets", "{\"offsets\":" + nested + "}")
                        .message())
                .contains("100 levels");
    }

    @Test
    void d_packed_body_is_415() {
        assertThat(f.send("PUT", "/connectors/c/config", X, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void d_too_many_requests_are_429() {
        try (var limited = Fixture.withRate(1)) {
            int asked = 0;
            while (limited.get("/connectors").status() == 200) {
                asked++;
            }
            assertThat(asked).isGreaterThanOrEqualTo(10);
            assertThat(limited.get("/health").status()).isEqualTo(200);
        }
    }
}
