package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Replica;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * An ordinary replica for tests that break nothing: one on whose default cluster connectors run, and one whose log is
 * quiet because its default cluster has no worker that answers. Each is started when it is first asked for.
 */
final class SharedReplica {

    static final String BUSY = "busy";
    static final String QUIET = "quiet";
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

    private static Api started(String prefix, String worker) {
        Replica replica = RealParts.shared().newReplica(prefix, SMALL);
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
}
