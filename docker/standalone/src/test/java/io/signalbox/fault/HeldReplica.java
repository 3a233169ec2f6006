package io.signalbox.fault;

import io.signalbox.api.Signalbox;
import io.signalbox.api.SignalboxConfig;
import io.signalbox.processor.topology.FaultPoints;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Signalbox with one fault: the first of those that share a directory of settings to reach a named point of a command whose id
 * asks for it stops there for ever, and says so in a line of output. Whoever sees that line kills it.
 */
public final class HeldReplica {

    /** The point that has no hook: the command's events are committed. */
    public static final String AFTER_COMMIT = "after-commit";

    private static final String MARK = "hold~";

    private HeldReplica() {}

    /** The id of a command at which the owner is to stop. */
    public static String id(String point, String more) {
        return MARK + point + "~" + more;
    }

    /** The line of output that says that it has stopped there. */
    public static String line(String id) {
        return "held at " + id;
    }

    public static void main(String[] args) throws Exception {
        var settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(args[1]))) {
            settings.load(file);
        }
        Path held = Path.of(args[1]).resolveSibling("held");
        Files.createDirectories(held);
        Signalbox.run(SignalboxConfig.of(settings, System.getenv()), (point, id) -> reached(point, id, settings, held));
    }

    private static void reached(String point, String id, Properties settings, Path held) {
        if (id.startsWith(MARK + point + "~") && first(id, held)) {
            System.out.println(line(id));
            hang();
        }
        boolean toBeCommitted = id.startsWith(MARK + AFTER_COMMIT + "~");
        if (point.equals(FaultPoints.BEFORE_ANSWER) && toBeCommitted && first(id, held)) {
            var watch = new CountDownLatch(1);
            Thread.ofPlatform().daemon().name("watch-" + id).start(() -> awaitCommit(id, settings, watch));
            await(watch);
        }
    }

    /** Who takes over gets past that point. */
    private static boolean first(String id, Path held) {
        try {
            Files.createFile(held.resolve(id));
            return true;
        } catch (FileAlreadyExistsException others) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From before the events are committed until a reader of committed ones has them. */
    private static void awaitCommit(String id, Properties settings, CountDownLatch watching) {
        String topic = settings.getProperty("topic.prefix") + ".lifecycle";
        Map<String, Object> consumer =
                Map.of("bootstrap.servers", settings.get("bootstrap.servers"), "isolation.level", "read_committed");
        try (var events = new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = events.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            events.assign(partitions);
            events.seekToEnd(partitions);
            partitions.forEach(events::position);
            watching.countDown();
            while (true) {
                for (ConsumerRecord<byte[], byte[]> event : events.poll(Duration.ofMillis(100))) {
                    if (new String(event.headers().lastHeader("ce_commandid").value(), StandardCharsets.UTF_8)
                            .equals(id)) {
                        System.out.println(line(id));
                        return;
                    }
                }
            }
        }
    }

    private static void hang() {
        await(new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
