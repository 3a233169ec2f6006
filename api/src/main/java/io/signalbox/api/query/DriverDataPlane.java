package io.signalbox.api.query;

import io.signalbox.processor.dataplane.Driver;
import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.dataplane.DriverRegistry;
import io.signalbox.processor.dataplane.feed.KeptOffsets;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The data plane as the drivers reach it. */
public final class DriverDataPlane implements DataPlane {

    private final DriverRegistry drivers;
    private final KeptOffsets kept;

    /** @param kept may know offsets where no worker tells them */
    public DriverDataPlane(DriverRegistry drivers, KeptOffsets kept) {
        this.drivers = drivers;
        this.kept = kept;
    }

    @Override
    public Reply info(ClusterKey cluster, Duration patience) {
        return reply(cluster, patience, Driver::about);
    }

    @Override
    public Reply plugins(ClusterKey cluster, boolean connectorsOnly, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.plugins(connectorsOnly, left));
    }

    @Override
    public Reply validate(ClusterKey cluster, String plugin, Map<String, String> config, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.validate(plugin, config, left));
    }

    @Override
    public Reply tasks(ConnectorKey connector, Duration patience) {
        return reply(connector.clusterKey(), patience, (driver, left) -> driver.tasks(connector.connector(), left));
    }

    @Override
    public Optional<String> offsets(ConnectorKey connector, Duration patience) {
        return ask(connector.clusterKey(), patience, (driver, left) -> {
            try {
                return Optional.of(driver.offsets(connector.connector(), left));
            } catch (DriverException e) {
                if (e.notFound()) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<String> latestOffsets(ConnectorState connector, Duration patience) {
        try {
            return offsets(connector.key(), patience);
        } catch (AwayException away) {
            if (away.getCause() instanceof DriverException e
                    && (e.kind() == Kind.UNREACHABLE || e.kind() == Kind.BUSY || e.status() == 0)) {
                return Optional.of(kept.of(connector, patience).orElseThrow(() -> away));
            }
            throw away;
        }
    }

    @Override
    public Reply topics(ClusterKey cluster, String connector, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.topics(connector, left));
    }

    @Override
    public Reply resetTopics(ClusterKey cluster, String connector, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.resetTopics(connector, left));
    }

    @Override
    public Reply pluginConfig(ClusterKey cluster, String plugin, String version, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.pluginConfig(plugin, version, left));
    }

    @Override
    public Reply loggers(ClusterKey cluster, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.loggers(left));
    }

    @Override
    public Reply logger(ClusterKey cluster, String logger, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.logger(logger, left));
    }

    @Override
    public Reply setLogger(
            ClusterKey cluster, String logger, Map<String, String> level, String scope, Duration patience) {
        return reply(cluster, patience, (driver, left) -> driver.setLogger(logger, level, scope, left));
    }

    private Reply reply(
            ClusterKey cluster,
            Duration patience,
            BiFunction<Driver, Duration, io.signalbox.processor.dataplane.Reply> question) {
        var reply = ask(cluster, patience, (driver, left) -> {
            var answer = question.apply(driver, left);
            if (NotNow.says(answer)) {
                throw new DriverException(Kind.BUSY, answer.status(), answer.worker(), "It is busy");
            }
            return answer;
        });
        return new Reply(reply.status(), reply.body(), reply.worker());
    }

    private <T> T ask(ClusterKey cluster, Duration patience, BiFunction<Driver, Duration, T> question) {
        var driver = drivers.driver(cluster)
                .orElseThrow(() -> new AwayException("Cluster " + cluster + " is not registered", null));
        var wait = new NotNow(patience);
        while (true) {
            try {
                return question.apply(driver, wait.left());
            } catch (DriverException e) {
                if (e.kind() == Kind.UNREACHABLE || e.refusal() || !wait.again()) {
                    throw new AwayException("Cluster " + cluster + " did not answer: " + e.getMessage(), e);
                }
            }
        }
    }
}
