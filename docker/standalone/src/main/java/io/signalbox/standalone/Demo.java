package io.signalbox.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The story of `up --demo`: a file goes through Kafka into another file, and every step is a lifecycle event. */
final class Demo {

    private static final int LINES = 5;
    private static final int LIMIT_SECONDS = 60;
    private static final Duration AFTERMATH = Duration.ofSeconds(3);
    private static final String TOPIC = "demo-lines";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final Progress progress;
    private final AdminKey key;
    private final Path input;
    private final Path output;
    private final CountDownLatch arrived = new CountDownLatch(LINES);
    private final LifecycleTail events;
    private final FileTail lines;

    /** @param key by which Signalbox is asked; null where nobody has to say who he is */
    Demo(String url, String bootstrapServers, Path home, Progress progress, AdminKey key) throws IOException {
        this.url = url;
        this.progress = progress;
        this.key = key;
        Path dir = Files.createDirectories(home.resolve("demo"));
        input = existing(dir.resolve("departures.txt"));
        output = existing(dir.resolve("arrivals.txt"));
        events = new LifecycleTail(
                bootstrapServers,
                event -> progress.line("event", "%s  %s  %s".formatted(event.time(), event.type(), event.subject())));
        lines = new FileTail(output, line -> {
            progress.line("arrived", line);
            arrived.countDown();
        });
    }

    /** Returns when the lines have arrived at the other end and the events about it were shown. */
    void play() throws IOException, InterruptedException {
        progress.plain("\nDemo: " + input + " -> topic " + TOPIC + " -> " + output);
        connector(
                "demo-source", Map.of("connector.class", "FileStreamSource", "file", input.toString(), "topic", TOPIC));
        connector("demo-sink", Map.of("connector.class", "FileStreamSink", "file", output.toString(), "topics", TOPIC));
        List<String> departures = IntStream.rangeClosed(1, LINES)
                .mapToObj(i ->
                        "train %d departs at %s".formatted(i, LocalTime.now().format(CLOCK)))
                .toList();
        Files.write(input, departures, StandardOpenOption.APPEND);
        progress.line("departed", "%d lines appended to %s".formatted(LINES, input.getFileName()));
        if (!arrived.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new StandaloneException(
                    "the demo's lines did not arrive within %d s; see GET %s/connectors?expand=status"
                            .formatted(LIMIT_SECONDS, url));
        }
        // What the worker reports about the connectors follows the lines within a second or two.
        Thread.sleep(AFTERMATH);
        progress.plain(nextCommands());
    }

    void stop() throws InterruptedException {
        lines.stop();
        events.stop();
    }

    private void connector(String name, Map<String, String> config) throws IOException, InterruptedException {
        Map<String, String> full = new TreeMap<>(config);
        full.put("tasks.max", "1");
        full.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        full.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        String target = url + "/connectors/" + name + "/config";
        HttpResponse<String> answer = Http.put(target, JSON.writeValueAsString(full), key);
        progress.line("PUT", "%s -> %d".formatted(target, answer.statusCode()));
        if (answer.statusCode() >= 300) {
            throw new StandaloneException("PUT %s answered %d: %s; see the logs beside the data"
                    .formatted(target, answer.statusCode(), answer.body()));
        }
    }

    private String nextCommands() {
        return """

                Try next:
                  curl -s '%1$s/connectors?expand=status'
                  echo "train 6 departs" >> %2$s
                  curl -X PUT %1$s/connectors/demo-source/pause
                  curl -s %1$s/connectors/demo-source/status
                  curl -X PUT %1$s/connectors/demo-source/resume
                  curl -X POST %1$s/connectors/demo-source/restart
                  curl -X DELETE %1$s/connectors/demo-sink
                """.formatted(url, input);
    }

    private static Path existing(Path file) throws IOException {
        return Files.exists(file) ? file : Files.createFile(file);
    }
}
