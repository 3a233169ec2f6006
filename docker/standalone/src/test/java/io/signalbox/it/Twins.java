package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Two Connect clusters of one worker each, alike but for their names: one that is asked itself, and one behind a Signalbox
 * that is asked for it. Started when first asked for, and good until the JVM ends.
 */
final class Twins {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Map<String, String> QUICK = Map.of("scheduled.rebalance.max.delay.ms", "0");

    /**
     * One of the two ways to ask.
     *
     * @param tag what the names of topics, groups and files of this side hold; as long as the other's
     * @param url the base URL of Kafka Connect's API
     * @param worker {@code host:port} of the worker that does the work
     */
    record Side(String tag, String url, String worker) {

        Api api() {
            return new Api(url);
        }

        /** Whether it is a worker that is asked itself. */
        boolean direct() {
            return url.equals("http://" + worker);
        }

        /** The text with what must differ between the sides written the same way. */
        String neutral(String text) {
            return text.replace(tag, "side")
                    .replace(url, "http://base")
                    .replace("http://" + worker, "http://base")
                    .replace(worker, "worker:port");
        }
    }

    private final Side worker;
    private final Side signalbox;

    private Twins() {
        var parts = RealParts.shared();
        Worker direct = parts.newWorker("twin-direct", QUICK);
        Worker behind = parts.newWorker("twin-behind", QUICK);
        Replica replica = parts.newReplica("twins", SharedReplica.SMALL);
        try {
            direct.start();
            behind.start();
            replica.startAndAwait();
            direct.awaitReady(LIMIT);
            behind.awaitReady(LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        worker = new Side("sideA", direct.url(), hostAndPort(direct.url()));
        signalbox = new Side("sideB", replica.url(), hostAndPort(behind.url()));
        var answer = signalbox.api().register("local", behind.url());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    /** A worker, asked itself. */
    static Side worker() {
        return Holder.TWINS.worker;
    }

    /** Signalbox, in front of the other worker. */
    static Side signalbox() {
        return Holder.TWINS.signalbox;
    }

    static List<Side> both() {
        return List.of(worker(), signalbox());
    }

    private static String hostAndPort(String url) {
        return url.substring("http://".length());
    }

    private static final class Holder {
        private static final Twins TWINS = new Twins();
    }
}
