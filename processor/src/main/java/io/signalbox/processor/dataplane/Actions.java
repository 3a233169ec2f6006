package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that change or read out something, with one log line each. A worker's words may quote a config: not in here. */
final class Actions {

    private static final Logger LOG = LoggerFactory.getLogger(Actions.class);

    /** A change without a result. */
    interface Change {
        void on(Driver driver);
    }

    private final ClusterLane lane;
    private final Timing timing;

    Actions(ClusterLane lane, Timing timing) {
        this.lane = lane;
        this.timing = timing;
    }

    void change(ConnectorState desired, String action, Change change) {
        ask(desired, action, driver -> {
            change.on(driver);
            return null;
        });
    }

    /** A change that says something. */
    <T> T ask(ConnectorState desired, String action, Function<Driver, T> change) {
        return logged(desired, action, () -> lane.change(change));
    }

    <T> T read(ConnectorState desired, String action, Function<Driver, T> work) {
        return logged(desired, action, () -> lane.call(work));
    }

    private <T> T logged(ConnectorState desired, String action, Supplier<T> call) {
        long began = timing.now();
        try {
            T result = call.get();
            LOG.info(
                    "reconcile connector={} action={} generation={} result=ok ms={}",
                    desired.key(),
                    action,
                    desired.generation(),
                    since(began));
            return result;
        } catch (DriverException e) {
            LOG.info(
                    "reconcile connector={} action={} generation={} result={} status={} worker={} ms={}",
                    desired.key(),
                    action,
                    desired.generation(),
                    e.kind().name().toLowerCase(Locale.ROOT),
                    e.status(),
                    e.worker(),
                    since(began));
            throw e.redacted(lane.secrets().redactor(desired.key(), desired.config()));
        }
    }

    private long since(long began) {
        return (timing.now() - began) / 1_000_000;
    }
}
