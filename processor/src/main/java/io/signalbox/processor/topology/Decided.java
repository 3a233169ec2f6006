package io.signalbox.processor.topology;

import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event.AccessKeyCreated;
import io.signalbox.processor.domain.Event.ClusterRegistered;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.PipelineCreated;
import io.signalbox.processor.domain.Event.SecretCreated;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What becomes of a command by itself: follows from what was there, the command and its place in the log, and from nothing else.
 *
 * @param rejection null when it was accepted
 * @param events none when it was refused, or changes nothing
 * @param before null when there was nothing
 * @param after null when there is nothing
 */
record Decided<S>(
        CommandEnvelope envelope, LogPlace place, Rejection rejection, List<RecordedEvent> events, S before, S after) {

    static <S> Decided<S> of(Aggregate<S> aggregate, CommandEnvelope envelope, LogPlace place) {
        S before = aggregate.load(envelope.key().toString());
        return switch (aggregate.decide(before, envelope, place.at())) {
            case Decision.Rejected refused ->
                new Decided<>(envelope, place, refused.rejection(), List.of(), before, before);
            case Decision.Accepted accepted -> {
                var events = record(accepted, envelope, aggregate.revision(before), place);
                S after = before;
                for (RecordedEvent event : events) {
                    after = aggregate.fold(after, event);
                }
                yield new Decided<>(envelope, place, null, events, before, after);
            }
        };
    }

    private static List<RecordedEvent> record(
            Decision.Accepted accepted, CommandEnvelope envelope, long revision, LogPlace place) {
        List<RecordedEvent> events = new ArrayList<>();
        for (var event : accepted.events()) {
            long number = revision + events.size() + 1;
            var name = envelope.key() + "\0" + envelope.id() + "\0" + number;
            var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString();
            events.add(new RecordedEvent(
                    id, envelope.key(), number, place.at(), envelope.id(), envelope.actor(), event, envelope.origin()));
        }
        return events;
    }

    /** The same, refused for a reason that lies outside of it. */
    Decided<S> refused(Rejection why) {
        return new Decided<>(envelope, place, why, List.of(), before, before);
    }

    /** What its caller is told. */
    CommandOutcome outcome(Aggregate<S> aggregate) {
        boolean created = events.stream()
                .anyMatch(e -> e.event() instanceof ConnectorCreated
                        || e.event() instanceof ClusterRegistered
                        || e.event() instanceof AccessKeyCreated
                        || e.event() instanceof SecretCreated
                        || e.event() instanceof PipelineCreated);
        var stage = rejection == null ? Stage.ACCEPTED : Stage.REJECTED;
        var blank = place.outcome(envelope.id(), envelope.key(), stage, rejection, null, created)
                .of(envelope);
        return rejection == null ? aggregate.outcome(blank, after) : blank;
    }
}
