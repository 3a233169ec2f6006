package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;

import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Event.ConnectorAdopted;
import io.signalbox.processor.domain.Event.ConnectorFound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a connector means that was found on a data plane. Only the log can tell whether it is one of ours. */
final class FoundDecider {

    /** As long as a worker that lags behind its cluster may still list what was deleted: it must not come back to life. */
    static final Duration MEMORY_OF_WORKERS = Duration.ofSeconds(30);

    private FoundDecider() {}

    /** @param at the log's time of the report */
    static Decision decide(ConnectorState now, CommandEnvelope envelope, ReportFound r, Instant at) {
        if (now != null && !free(now, at)) {
            return accept();
        }
        if (!r.adopt()) {
            return now != null && now.phase() == Phase.FOUND ? accept() : accept(found(envelope, r));
        }
        List<Event> events = new ArrayList<>();
        events.add(new ConnectorAdopted(
                envelope.id(), named(envelope, r), r.targetState(), r.status().type()));
        events.addAll(ReportDecider.observed(null, r.status()));
        return accept(events);
    }

    private static boolean free(ConnectorState now, Instant at) {
        return switch (now.phase()) {
            case ACTIVE, DELETING -> false;
            case DELETED -> !at.isBefore(now.updatedAt().plus(MEMORY_OF_WORKERS));
            case FOUND -> true;
        };
    }

    private static ConnectorFound found(CommandEnvelope envelope, ReportFound r) {
        return new ConnectorFound(
                envelope.id(), named(envelope, r), r.targetState(), r.status().type());
    }

    private static Config named(CommandEnvelope envelope, ReportFound r) {
        return r.config().with("name", ((ConnectorKey) envelope.key()).connector());
    }
}
