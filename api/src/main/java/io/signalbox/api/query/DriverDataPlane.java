package io.signalbox.api.query;

import io.signalbox.processor.dataplane.Driver;
import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.DriverRegistry;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** The data plane as the drivers reach it. */
public final class DriverDataPlane implements DataPlane {

    private final DriverRegistry drivers;

    public DriverDataPlane(DriverRegistry drivers) {
        this.drivers = drivers;
    }

    @Override
    public Reply info(ClusterKey cluster, Duration patience) {
        return ask(cluster, Driver::about);
    }

    @Override
    public Reply plugins(ClusterKey cluster, boolean connectorsOnly, Duration patience) {
        return ask(cluster, driver -> driver.plugins(connectorsOnly));
    }

    @Override
    public Reply validate(ClusterKey cluster, String plugin, Map<String, String> config, Duration patience) {
        return ask(cluster, driver -> driver.validate(plugin, config, patience));
    }

    @Override
    public Reply tasks(ConnectorKey connector, Duration patience) {
        return ask(connector.clusterKey(), driver -> driver.tasks(connector.connector()));
    }

    private Reply ask(ClusterKey cluster, Function<Driver, io.signalbox.processor.dataplane.Reply> question) {
        var driver = drivers.driver(cluster)
                .orElseThrow(() -> new AwayException("Cluster " + cluster + " is not registered", null));
        try {
            var reply = question.apply(driver);
            return new Reply(reply.status(), reply.body());
        } catch (DriverException e) {
            throw new AwayException("Cluster " + cluster + " did not answer: " + e.getMessage(), e);
        }
    }
}
