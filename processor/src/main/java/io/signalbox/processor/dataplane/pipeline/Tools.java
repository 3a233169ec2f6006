package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a conductor works with.
 *
 * @param references to stored secrets, which are resolved on the way to a database
 * @param all the pipelines of all clusters, as this replica knows them
 */
public record Tools(
        ConnectorSight sight,
        ConnectorCommands commands,
        PipelineSink sink,
        Systems systems,
        Topics topics,
        Phases phases,
        Sweeps sweeps,
        Copies copies,
        SourceOffsets offsets,
        Sealer sealer,
        References references,
        Supplier<List<PipelineState>> all,
        Pace pace) {}
