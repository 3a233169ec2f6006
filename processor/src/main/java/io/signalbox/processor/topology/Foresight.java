package io.signalbox.processor.topology;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import java.util.Optional;

/**
 * What the processor will decide about the command that comes next, by the same rules and from the same stores. Changes
 * nothing. For other threads than the processor's; right as long as that has not begun with the command.
 */
final class Foresight {

    private final ConnectorAggregate connectors;
    private final OutcomeStore outcomes;
    private final PlaceGuard places;

    Foresight(ConnectorAggregate connectors, OutcomeStore outcomes, PlaceGuard places) {
        this.connectors = connectors;
        this.outcomes = outcomes;
        this.places = places;
    }

    CommandOutcome outcome(Decided<ConnectorState> decided) {
        return decided.outcome(connectors);
    }

    /**
     * @param newId whether its id was never given to a command before, so that there is no outcome to look for
     * @return empty where more than the connector has a say: what its id was used for before, or a quota
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException when the stores were closed
     */
    Optional<Decided<ConnectorState>> of(CommandEnvelope envelope, LogPlace place, boolean newId) {
        if (!(envelope.key() instanceof ConnectorKey key)
                || !(envelope.command() instanceof Command.OfConnector)
                || !envelope.command().answered()
                || places.concerns(key)
                || !newId && outcomes.find(key.toString(), envelope.id(), place.at()) != null) {
            return Optional.empty();
        }
        return Optional.of(Decided.of(connectors, envelope, place));
    }
}
