package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.dataplane.systems.mysql.MySqlSource;
import io.signalbox.processor.dataplane.systems.postgres.PostgresSink;
import io.signalbox.processor.dataplane.systems.postgres.PostgresSource;
import io.signalbox.processor.domain.Config;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The databases that Signalbox knows, by the class of the connector that uses them: a line for each. */
public final class KnownSystems implements Systems {

    private static final String JDBC_SINK = "io.debezium.connector.jdbc.JdbcSinkConnector";

    private final Map<String, SourceSystem> sources;
    private final SourceSystem otherSource;

    /** By how the sink's URL begins. */
    private final Map<String, SinkSystem> sinks;

    /** @param clock for the times of what is tried */
    public KnownSystems(Clock clock) {
        sources = Map.of(
                "io.debezium.connector.postgresql.PostgresConnector", new PostgresSource(clock),
                "io.debezium.connector.mysql.MySqlConnector", new MySqlSource(clock),
                "io.debezium.connector.mariadb.MariaDbConnector", new MySqlSource(clock),
                "io.debezium.connector.sqlserver.SqlServerConnector", of(clock, 1433),
                "io.debezium.connector.db2.Db2Connector", of(clock, 50_000));
        otherSource = new UnknownSource(clock, null, null, 0);
        sinks = Map.of("jdbc:postgresql:", new PostgresSink(clock));
    }

    private static SourceSystem of(Clock clock, int standardPort) {
        return new UnknownSource(clock, "database.hostname", "database.port", standardPort);
    }

    @Override
    public SourceReady prepareSource(Config source, boolean ownsPublication) {
        return source(source).prepare(source, ownsPublication);
    }

    @Override
    public void prepareSink(Config source, Config sink) {
        SinkSystem known = sink(sink);
        if (known != null) {
            known.prepare(sink, () -> source(source).schemas(source));
        }
    }

    @Override
    public void dropSlot(Config source) {
        source(source).dropSlot(source);
    }

    @Override
    public void dropPublication(Config source) {
        source(source).dropPublication(source);
    }

    @Override
    public Catalog catalog(Config source) {
        return source(source).catalog(source);
    }

    @Override
    public Optional<String> obstacle(Config source, TableName table) {
        return source(source).obstacle(source, table);
    }

    @Override
    public Map<String, String> fit(Config source) {
        return source(source).fit(source);
    }

    @Override
    public List<Check> checkSource(Config source) {
        return source(source).check(source);
    }

    @Override
    public List<Check> checkSink(Config sink) {
        SinkSystem known = sink(sink);
        if (known == null) {
            throw new SystemException(Kind.REFUSED, "there is no driver for this kind of target here");
        }
        return known.check(sink);
    }

    private SourceSystem source(Config config) {
        return sources.getOrDefault(config.values().getOrDefault("connector.class", ""), otherSource);
    }

    /** @return null of what is not a database that is known */
    private SinkSystem sink(Config config) {
        String url = config.values().getOrDefault("connection.url", "");
        if (!JDBC_SINK.equals(config.get("connector.class"))) {
            return null;
        }
        return sinks.entrySet().stream()
                .filter(each -> url.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
