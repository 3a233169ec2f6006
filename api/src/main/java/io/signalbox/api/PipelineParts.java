package io.signalbox.api;

import io.signalbox.api.command.CommandGateway;
import io.signalbox.api.pipeline.GatewayCommands;
import io.signalbox.api.pipeline.KafkaTopics;
import io.signalbox.api.pipeline.NotifiedPhases;
import io.signalbox.api.pipeline.sweep.KafkaSweeps;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.query.Reading;
import io.signalbox.processor.dataplane.CompactedTable;
import io.signalbox.processor.dataplane.pipeline.Conductor;
import io.signalbox.processor.dataplane.pipeline.Pace;
import io.signalbox.processor.dataplane.pipeline.PipelineSink;
import io.signalbox.processor.dataplane.pipeline.Tools;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;

/** What sees to pipelines, made and connected: wiring only. */
final class PipelineParts implements AutoCloseable {

    private static final Duration OFFSETS = Duration.ofSeconds(5);

    private final Admin admin;
    private final NotifiedPhases phases;
    private final KafkaSweeps sweeps;
    private final Conductor conductor;

    PipelineParts(
            KafkaClients clients,
            CompactedTable<PipelineState> table,
            Predicate<AggregateKey> owned,
            ConnectorQueries queries,
            CommandGateway gateway,
            PipelineSink reports,
            Systems systems,
            DataPlane dataPlane,
            Sealer sealer,
            References references) {
        admin = clients.pipelineAdmin();
        phases = new NotifiedPhases(admin, clients.notifications());
        sweeps = new KafkaSweeps(
                admin,
                clients.rows("signalbox-copies"),
                () -> clients.rows("signalbox-rows"),
                clients::deletes,
                Clock.systemUTC(),
                System::nanoTime);
        conductor = new Conductor(
                table,
                owned,
                new Tools(
                        key -> queries.find(key, Reading.fresh(true, Map.of())),
                        new GatewayCommands(gateway),
                        reports,
                        systems,
                        new KafkaTopics(admin),
                        phases,
                        sweeps,
                        phases,
                        key -> dataPlane.offsets(key, OFFSETS),
                        sealer,
                        references,
                        table::list,
                        Pace.of(System::nanoTime, Clock.systemUTC())));
    }

    void start() {
        conductor.start();
    }

    /** By {@code STATE/STATUS}. */
    Map<String, Long> counts() {
        return conductor.counts();
    }

    /** By the keys' ids. */
    Map<String, Long> secrets() {
        return conductor.secrets();
    }

    @Override
    public void close() {
        conductor.close();
        phases.close();
        sweeps.close();
        admin.close(Duration.ofSeconds(5));
    }
}
