package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the configuration as it is delivered. */
class LogLinesTest {

    private static final String FORGED = "2026-11-22T00:00:00,000+00:00 ERROR Replica forged";
    private static final String EVIL = "boom\r\n" + FORGED + "\n" + FORGED + "\r" + FORGED + "\u2028\u001b[2K\u0085";

    private final LoggerContext context = new LoggerContext("lines");

    @AfterEach
    void stop() {
        System.clearProperty("signalbox.log.format");
        context.stop();
    }

    @Test
    void a_message_is_one_line() throws IOException {
        String text = rendered("text", null);
        assertThat(text.lines()).hasSize(1);
        assertThat(text).contains("ERROR Sender boom\\r\\n2026-").doesNotContain("\u001b", "\u2028", "\u0085");
    }

    @Test
    void what_exceptions_say_begins_no_line() throws IOException {
        var thrown = new IllegalStateException(EVIL, new IOException("deeper " + EVIL));
        thrown.addSuppressed(new IOException("beside " + EVIL));
        String text = rendered("text", thrown);
        List<String> lines = text.lines().toList();
        assertThat(lines.get(1)).startsWith("java.lang.IllegalStateException: boom\\n2026-");
        assertThat(lines.subList(2, lines.size()))
                .isNotEmpty()
                .allMatch(
                        line -> line.startsWith("\t") || line.startsWith("Caused by: java.io.IOException: deeper boom"))
                .anyMatch(line -> line.startsWith("\tat " + LogLinesTest.class.getName()))
                .anyMatch(line -> line.startsWith("\tSuppressed: java.io.IOException: beside boom"))
                .anyMatch(line -> line.startsWith("Caused by: "));
        assertThat(text).endsWith("\n").doesNotContain("\u001b", "\u2028", "\u0085");
    }

    @Test
    void in_json_everything_is_one_object() throws IOException {
        String text = rendered("json", new IllegalStateException(EVIL));
        assertThat(text.strip().split("[\\r\\n]")).hasSize(1);
        var json = new ObjectMapper().readTree(text);
        assertThat(json.path("message").asText()).isEqualTo(EVIL);
        assertThat(json.path("error.message").asText()).isEqualTo(EVIL);
    }

    private String rendered(String format, Throwable thrown) throws IOException {
        System.setProperty("signalbox.log.format", format);
        var file = LogLinesTest.class.getResourceAsStream("/log4j2.xml");
        var configuration = new XmlConfiguration(context, new ConfigurationSource(file));
        configuration.initialize();
        var event = Log4jLogEvent.newBuilder()
                .setLoggerName("io.signalbox.Sender")
                .setLevel(Level.ERROR)
                .setMessage(new SimpleMessage(EVIL))
                .setThrown(thrown)
                .setTimeMillis(0)
                .build();
        return configuration
                .getAppender("out")
                .getLayout()
                .toSerializable(event)
                .toString();
    }
}
