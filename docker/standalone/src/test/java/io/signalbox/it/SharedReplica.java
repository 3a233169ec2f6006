package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A replica for tests that break nothing: an ordinary one on whose default cluster connectors run; one whose log is
 * quiet because its default cluster has no worker that answers; and one that is set up for what others know of the clouds. Each is
 * started when it is first asked for.
 */
final class SharedReplica {

    static final String BUSY = "busy";
    static final String QUIET = "quiet";
    static final String CLOUDS = "clouds";
    static final Map<String, String> SMALL = Map.of("topic.partitions", "3");

    /** A port where nobody listens: too low for anything that a test starts. */
    static final String NO_WORKER = "http://127.0.0.1:9";

    private SharedReplica() {}

    /** Its default cluster is the shared worker. */
    static Api busy() {
        return ready(Busy.REPLICA);
    }

    /** Its default cluster has no worker that answers, so nothing is ever reported. */
    static Api quiet() {
        return ready(Quiet.REPLICA);
    }

    /**
     * Its default cluster is the shared worker. Redpanda's API answers as Console does, and managed classes of the documents' examples
     * stand for plugins that the worker has.
     */
    static Api clouds() {
        return ready(Clouds.REPLICA);
    }

    private static Api started(String prefix, String worker) {
        return started(prefix, worker, SMALL);
    }

    private static Api started(String prefix, String worker, Map<String, String> settings) {
        Replica replica = RealParts.shared().newReplica(prefix, settings);
        try {
            replica.startAndAwait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        var api = new Api(replica.url());
        var answer = api.register("local", worker);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return api;
    }

    /** The replica may have lived through a broker that was away. */
    private static Api ready(Api api) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(api.get("/health/ready").status()).isEqualTo(200));
        return api;
    }

    private static final class Busy {
        private static final Api REPLICA =
                started(BUSY, RealParts.shared().worker().url());
    }

    private static final class Quiet {
        private static final Api REPLICA = started(QUIET, NO_WORKER);
    }

    private static final class Clouds {
        private static final String SINK = "org.apache.kafka.connect.file.FileStreamSinkConnector";
        private static final Api REPLICA =
                started(CLOUDS, RealParts.shared().worker().url(), settings());

        private static Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>(SMALL);
            settings.put("redpanda.responses", "console");
            Path classes = RealParts.shared().directory(CLOUDS).resolve("classes.properties");
            try {
                Files.writeString(classes, "GcsSink=" + SINK + "\nS3Sink=" + SINK + "\nDatagenSource=" + SINK + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            settings.put("confluent.classes.file", classes.toString());
            return settings;
        }
    }
}
