package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private static final class Lines extends AbstractAppender {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }

    private final Logger logger = (Logger) LogManager.getLogger("signalbox.request");
    private final Lines seen = new Lines();
    private final Fixture f = Fixture.withClusters();

    @BeforeEach
    void listen() {
        seen.start();
        logger.addAppender(seen);
    }

    @AfterEach
    void close() {
        f.close();
        logger.removeAppender(seen);
    }

    private String line() {
        await().until(() -> !seen.lines.isEmpty());
        return seen.lines.getFirst();
    }

    @Test
    void a_read_is_one_line() {
        f.get("/connectors?secret=1");
        assertThat(line())
                .matches("INFO method=GET path=/connectors status=200 ms=\\d+\\.\\d{3} actor=anonymous@127\\.0\\.0\\.1"
                        + " request=test-1");
    }

    /** More than a second's lines within a few seconds, and then what nobody may miss. */
    @Test
    void reads_beyond_some_a_second_are_counted_and_what_matters_is_told() {
        var lines = new ReadLines(2);
        long second = 1_000_000_000L;
        assertThat(lines.take(-1)).isTrue();
        assertThat(List.of(lines.take(0), lines.take(1), lines.take(2), lines.take(second - 1)))
                .containsExactly(true, true, false, false);
        assertThat(lines.leftOut(second - 1)).as("it is not over").isZero();
        assertThat(lines.leftOut(second)).isEqualTo(2);
        assertThat(lines.leftOut(2 * second)).as("it was told").isZero();
        assertThat(lines.take(2 * second)).isTrue();
        assertThat(new ReadLines(0).take(0)).isFalse();
    }

    @Test
    void a_flood_of_reads_leaves_the_lines_of_changes_failures_and_secrets() {
        try (var quiet = Fixture.withReadLines(0)) {
            quiet.created("orders");
            quiet.get("/connectors");
            quiet.get("/connectors/orders/config?secrets=show");
            quiet.get("/connectors/none");
            await().until(() -> seen.lines.stream().anyMatch(line -> line.contains("path=/connectors/none")));
            assertThat(seen.lines)
                    .noneMatch(line -> line.contains("method=GET path=/connectors "))
                    .anyMatch(line -> line.contains("status=201"))
                    .anyMatch(line -> line.contains("revealed=default/local/orders"));
        }
    }

    @Test
    void a_write_names_its_command() {
        f.send("PUT", "/connectors/c/config", "{\"connector.class\":\"X\"}", "Idempotency-Key", "mine");
        assertThat(line()).contains(" method=PUT ", " status=201 ", " command=mine");
    }

    @Test
    void who_was_shown_secrets_is_told() {
        f.created("orders");
        line();
        seen.lines.clear();
        f.get("/connectors/orders/config?secrets=show");
        assertThat(line()).contains(" path=/connectors/orders/config ", " revealed=default/local/orders");
    }

    @Test
    void a_failure_names_its_cause_for_the_operator() {
        f.worker.goesAway();
        f.put("/connector-plugins/X/config/validate", "{\"connector.class\":\"X\"}");
        assertThat(line()).contains(" status=503 ", "cause=\"", "nobody answered");
    }

    @Test
    void nobody_can_write_a_line_of_his_own() throws IOException {
        f.get("/a%0AINFO%22b");
        assertThat(line()).contains(" path=/a%0AINFO%22b status=404 ");
        seen.lines.clear();
        f.raw("GET /a\"b\\c\u00e4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(line()).contains("status=400").doesNotContain("\"b");
    }

    @Test
    void text_is_escaped_and_cut() {
        var line = new StringBuilder();
        LogText.escape(line, "a\n\"\\\u0007ä" + "x".repeat(3000));
        assertThat(line.toString())
                .startsWith("a\\u000a\\u0022\\u005c\\u0007\\u00e4xxx")
                .endsWith("x…")
                .hasSizeLessThan(2100);
    }

    @Test
    void milliseconds_have_three_decimals() {
        var line = new StringBuilder();
        LogText.millis(line, 1_002_999);
        line.append(' ');
        LogText.millis(line, 45_000);
        assertThat(line.toString()).isEqualTo("1.002 0.045");
    }
}
