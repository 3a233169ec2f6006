package io.signalbox.api.http;

import io.signalbox.api.query.QuotaSeen;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.PartitionPlaces;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.Quota;
import io.signalbox.processor.domain.QuotaDecider;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.QuotaLedger;
import io.signalbox.processor.domain.QuotaUse;
import io.signalbox.processor.domain.RecordedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Quotas where all is in one place, so that they are always counted: the real rules. For tests. */
final class InMemoryQuotas {

    private final Map<String, Quota> quotas = new HashMap<>();

    Decision decide(CommandEnvelope envelope, Command.OfQuota command) {
        return QuotaDecider.decide(quotas.get(envelope.key().environment()), envelope, command);
    }

    /** The revision of the next event. */
    long next(CommandEnvelope envelope) {
        var now = quotas.get(envelope.key().environment());
        return now == null ? 1 : now.revision() + 1;
    }

    void fold(RecordedEvent recorded, Event.OfQuota event) {
        quotas.compute(recorded.key().environment(), (environment, now) -> QuotaDecider.fold(now, recorded, event));
    }

    Optional<QuotaSeen> seen(QuotaKey key, Map<String, ConnectorState> connectors) {
        return Optional.ofNullable(quotas.get(key.environment()))
                .filter(Quota::active)
                .map(quota -> new QuotaSeen(quota, used(key.environment(), connectors)));
    }

    private static Places used(String environment, Map<String, ConnectorState> connectors) {
        return connectors.values().stream()
                .filter(state -> state.key().environment().equals(environment))
                .map(Places::of)
                .reduce(Places.NONE, Places::plus);
    }

    /** @return null when there are places for what would follow */
    String refusal(CommandEnvelope envelope, List<Event> events, Map<String, ConnectorState> connectors) {
        if (!(envelope.key() instanceof ConnectorKey key) || envelope.command() instanceof Command.Observation) {
            return null;
        }
        var before = connectors.get(key.toString());
        var after = before;
        for (Event event : events) {
            long revision = after == null ? 1 : after.revision() + 1;
            var recorded = new RecordedEvent("e", key, revision, Instant.EPOCH, envelope.id(), "any", event);
            after = ConnectorFold.fold(after, recorded, (Event.OfConnector) event);
        }
        var wanted = Places.of(after).beyond(Places.of(before));
        if (wanted.equals(Places.NONE)) {
            return null;
        }
        String environment = key.environment();
        var counted = new PartitionPlaces(0, 1, 0, used(environment, connectors));
        var use = new QuotaUse(environment, 1, 0, 1, List.of(counted), List.of(), List.of());
        var request = new Command.RequestPlaces(key, 0, wanted);
        var turn = QuotaLedger.request(use, quotas.get(environment), 1, envelope.id(), request);
        var answer =
                (Command.DecidePlaces) turn.followUps().getFirst().envelope().command();
        return answer.refusal();
    }
}
