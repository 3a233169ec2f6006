package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.ConnectorDecider;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.PipelineDecider;
import io.signalbox.processor.domain.PipelineFold;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The log, by the real rules of pipelines and connectors, and with what was answered under which id. */
final class MemoryLog {

    private final Supplier<Instant> clock;
    private final Map<String, ConnectorState> connectors = new TreeMap<>();
    private final Map<String, PipelineState> pipelines = new TreeMap<>();
    private final Map<String, CommandOutcome> outcomes = new HashMap<>();
    private final List<RecordedEvent> events = new ArrayList<>();
    private int commands;

    /** What is refused before it is decided, as by a quota; null for nothing. */
    Function<CommandEnvelope, Rejection> refusing = any -> null;

    MemoryLog(Supplier<Instant> clock) {
        this.clock = clock;
    }

    ConnectorState connector(ConnectorKey key) {
        return connectors.get(key.toString());
    }

    Map<String, ConnectorState> connectors() {
        return connectors;
    }

    PipelineState pipeline(PipelineKey key) {
        return pipelines.get(key.toString());
    }

    List<PipelineState> pipelines() {
        return pipelines.values().stream().filter(PipelineState::present).toList();
    }

    /** Of that key, by their types' names, oldest first. */
    List<String> events(AggregateKey key) {
        return events.stream()
                .filter(event -> event.key().equals(key))
                .map(event -> event.event().getClass().getSimpleName())
                .toList();
    }

    List<RecordedEvent> events() {
        return events;
    }

    int commands() {
        return commands;
    }

    boolean report(AggregateKey key, Command report) {
        submit(new CommandEnvelope("report-" + commands, key, "reporter", report));
        return true;
    }

    CommandOutcome outcome(CommandEnvelope envelope) {
        return outcomes.get(envelope.key() + " " + envelope.id());
    }

    CommandOutcome submit(CommandEnvelope envelope) {
        commands++;
        var earlier = outcome(envelope);
        if (earlier != null) {
            if (!earlier.answers(envelope)) {
                throw new AssertionError("An id was used for two commands: " + earlier + " and " + envelope);
            }
            return earlier;
        }
        var refusal = refusing.apply(envelope);
        var outcome = (refusal == null ? decided(envelope) : outcome(envelope, Stage.REJECTED, refusal)).of(envelope);
        if (envelope.command().answered()) {
            outcomes.put(envelope.key() + " " + envelope.id(), outcome);
        }
        return outcome;
    }

    private CommandOutcome decided(CommandEnvelope envelope) {
        String key = envelope.key().toString();
        var decision = switch (envelope.command()) {
            case Command.OfConnector c -> ConnectorDecider.decide(connectors.get(key), envelope, c, clock.get());
            case Command.OfPipeline c -> PipelineDecider.decide(pipelines.get(key), envelope, c, clock.get());
            default -> throw new IllegalArgumentException("Not here: " + envelope);
        };
        return switch (decision) {
            case Decision.Rejected refused -> outcome(envelope, Stage.REJECTED, refused.rejection());
            case Decision.Accepted accepted -> {
                accepted.events().forEach(event -> fold(envelope, event));
                yield outcome(envelope, Stage.ACCEPTED, null);
            }
        };
    }

    private CommandOutcome outcome(CommandEnvelope envelope, Stage stage, Rejection rejection) {
        return new CommandOutcome(
                envelope.id(), envelope.key(), stage, rejection, null, false, 0, commands, clock.get(), null, null);
    }

    private void fold(CommandEnvelope envelope, Event event) {
        String key = envelope.key().toString();
        long revision = 1
                + switch (envelope.key()) {
                    case ConnectorKey c ->
                        connectors.containsKey(key) ? connectors.get(key).revision() : 0;
                    default -> pipelines.containsKey(key) ? pipelines.get(key).revision() : 0;
                };
        var recorded = new RecordedEvent(
                "e" + events.size(), envelope.key(), revision, clock.get(), envelope.id(), envelope.actor(), event);
        events.add(recorded);
        switch (event) {
            case Event.OfConnector e -> {
                connectors.put(key, ConnectorFold.fold(connectors.get(key), recorded, e));
                if (e instanceof Event.OperationEnded done) {
                    ended(envelope.key(), done);
                }
            }
            case Event.OfPipeline e -> pipelines.put(key, PipelineFold.fold(pipelines.get(key), recorded, e));
            default -> throw new IllegalArgumentException("Not here: " + event);
        }
    }

    /** The second answer takes the place of the first. */
    private void ended(AggregateKey key, Event.OperationEnded done) {
        outcomes.computeIfPresent(
                key + " " + done.operationId(),
                (id, first) -> new CommandOutcome(
                        first.commandId(),
                        key,
                        done.succeeded() ? Stage.APPLIED : Stage.FAILED,
                        null,
                        done.message(),
                        false,
                        0,
                        first.offset(),
                        first.at(),
                        null,
                        null,
                        done.status(),
                        first.command(),
                        first.actor(),
                        null));
    }
}
