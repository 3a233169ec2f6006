package io.signalbox.api.pipeline;

import io.signalbox.api.command.CommandGateway;
import io.signalbox.processor.dataplane.pipeline.ConnectorCommands;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import java.time.Duration;

/** A conductor's commands go the way of everybody's. */
public record GatewayCommands(CommandGateway gateway) implements ConnectorCommands {

    @Override
    public CommandOutcome submit(CommandEnvelope envelope) {
        return gateway.submit(envelope);
    }

    @Override
    public CommandOutcome await(CommandEnvelope envelope, Duration patience) {
        return gateway.submitAndAwait(envelope, patience);
    }
}
