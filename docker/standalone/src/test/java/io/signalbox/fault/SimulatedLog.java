package io.signalbox.fault;

import io.signalbox.fault.Operation.Result;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorDecider;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One partition as it should be: one command after the other, decided by Signalbox's own rules, the same id once only. So the
 * model of the checks, which was written without those rules, is compared with them as well.
 */
final class SimulatedLog {

    private static final String MARK = "mark";

    private final Map<String, TreeMap<Long, ConnectorState>> states = new HashMap<>();
    private final Map<String, Operation> answers = new HashMap<>();
    private final List<LogEvent> events = new ArrayList<>();
    private long offset;

    List<LogEvent> events() {
        return events;
    }

    /** @return the answer; the times in it are those of the question */
    Operation take(Operation asked) {
        offset++;
        return answers.computeIfAbsent(asked.key() + asked.id(), any -> decide(asked));
    }

    private Operation decide(Operation asked) {
        var tags = asked.ifMatch() == null ? null : Set.of(asked.ifMatch());
        var decision = append(asked.key(), asked.id(), command(asked), new Precondition(tags, null));
        var position = "0:" + offset;
        if (decision instanceof Decision.Rejected refused) {
            var code = refused.rejection().code().name();
            return asked.ended(asked.completedAt(), Result.REFUSED, code, null, position, "r1");
        }
        var seen = seen(now(asked.key()));
        return asked.ended(asked.completedAt(), Result.OK, null, seen, position, "r1");
    }

    private static Command.OfConnector command(Operation asked) {
        return switch (asked.kind()) {
            case CREATE ->
                new Command.CreateConnector(
                        config(asked),
                        io.signalbox.processor.domain.TargetState.valueOf(
                                asked.initialState().name()),
                        ConnectorType.SOURCE,
                        true);
            case UPDATE -> new Command.PutConfig(config(asked), ConnectorType.SOURCE, true);
            case DELETE -> new Command.DeleteConnector();
            case PAUSE -> new Command.PauseConnector();
            case RESUME -> new Command.ResumeConnector();
            case STOP -> new Command.StopConnector();
            case STRONG_READ, READ_WITH_TOKEN -> throw new IllegalArgumentException("A read is no command");
        };
    }

    private static Config config(Operation asked) {
        return Config.of(Map.of(MARK, asked.config()));
    }

    private Decision append(String key, String id, Command.OfConnector command, Precondition precondition) {
        var name = new ConnectorKey("test", "local", key);
        var at = Instant.ofEpochMilli(offset);
        var now = now(key);
        var decision =
                ConnectorDecider.decide(now, new CommandEnvelope(id, name, "any", command, precondition), command, at);
        if (decision instanceof Decision.Accepted accepted) {
            for (Event event : accepted.events()) {
                long revision = now == null ? 1 : now.revision() + 1;
                var recorded = new RecordedEvent(id + revision, name, revision, at, id, "any", event);
                now = ConnectorFold.fold(now, recorded, (Event.OfConnector) event);
                events.add(logged(key, id, revision, event));
            }
        }
        states.computeIfAbsent(key, any -> new TreeMap<>()).put(offset, now);
        return decision;
    }

    private static LogEvent logged(String key, String id, long revision, Event event) {
        var created = event instanceof Event.ConnectorCreated c ? c : null;
        var changed = event instanceof Event.ConnectorConfigChanged c ? c.config() : null;
        return new LogEvent(
                event.getClass().getSimpleName(),
                key,
                revision,
                id,
                created == null
                        ? null
                        : TargetState.valueOf(created.targetState().name()),
                created != null ? created.config().get(MARK) : changed == null ? null : changed.get(MARK));
    }

    /** What a driver could report now. */
    void observe(String key, String id, Random random) {
        var now = now(key);
        if (now == null) {
            return;
        }
        offset++;
        var status = new ConnectorStatus(
                RunState.values()[random.nextInt(4)], "worker:8083", "1", null, ConnectorType.SOURCE, List.of());
        Command.OfConnector report = now.phase() == Phase.ACTIVE
                ? new Command.ReportStatus(now.uid(), now.generation(), status)
                : new Command.ReportAbsent(now.uid());
        append(key, id, report, Precondition.NONE);
    }

    Operation readLatest(Operation asked) {
        return read(asked, now(asked.key()));
    }

    /** What a replica may answer that has all up to the token, and not yet all behind it. */
    Operation readFromToken(Operation asked, Random random) {
        var mine = states.getOrDefault(asked.key(), new TreeMap<>());
        long from = Position.all(asked.token()).stream()
                .mapToLong(Position::offset)
                .max()
                .orElseThrow();
        var earliest = mine.floorEntry(from);
        List<ConnectorState> possible = new ArrayList<>();
        possible.add(earliest == null ? null : earliest.getValue());
        possible.addAll(mine.tailMap(from, false).values());
        return read(asked, possible.get(random.nextInt(possible.size())));
    }

    private static Operation read(Operation asked, ConnectorState found) {
        var seen = seen(found);
        return seen == null
                ? asked.ended(asked.completedAt(), Result.REFUSED, Connector.NOT_FOUND, null, null, "r2")
                : asked.ended(asked.completedAt(), Result.OK, null, seen, null, "r2");
    }

    private ConnectorState now(String key) {
        var mine = states.get(key);
        return mine == null ? null : mine.lastEntry().getValue();
    }

    private static Seen seen(ConnectorState now) {
        return now == null || !now.active()
                ? null
                : new Seen(
                        now.revision(),
                        now.configRevision(),
                        TargetState.valueOf(now.targetState().name()),
                        now.config().get(MARK));
    }
}
