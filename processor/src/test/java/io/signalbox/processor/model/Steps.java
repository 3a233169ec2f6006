package io.signalbox.processor.model;

import static io.signalbox.processor.model.Step.Kind.ABSENT;
import static io.signalbox.processor.model.Step.Kind.ALTER_OFFSETS;
import static io.signalbox.processor.model.Step.Kind.CREATE;
import static io.signalbox.processor.model.Step.Kind.DELETE;
import static io.signalbox.processor.model.Step.Kind.DRIFT;
import static io.signalbox.processor.model.Step.Kind.DRIFT_OVER;
import static io.signalbox.processor.model.Step.Kind.FOUND;
import static io.signalbox.processor.model.Step.Kind.OFFSETS;
import static io.signalbox.processor.model.Step.Kind.OPERATION;
import static io.signalbox.processor.model.Step.Kind.PATCH;
import static io.signalbox.processor.model.Step.Kind.PAUSE;
import static io.signalbox.processor.model.Step.Kind.PUT;
import static io.signalbox.processor.model.Step.Kind.REFUSED;
import static io.signalbox.processor.model.Step.Kind.RELEASE;
import static io.signalbox.processor.model.Step.Kind.RESEALED;
import static io.signalbox.processor.model.Step.Kind.RESET_OFFSETS;
import static io.signalbox.processor.model.Step.Kind.RESTART;
import static io.signalbox.processor.model.Step.Kind.RESTART_TASK;
import static io.signalbox.processor.model.Step.Kind.RESUME;
import static io.signalbox.processor.model.Step.Kind.STATUS;
import static io.signalbox.processor.model.Step.Kind.STOP;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigDifference;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Sequences of everything that can be asked of a connector or reported about it, by callers and drivers that are often wrong. */
public final class Steps {

    private static final long CHOICES = 1L << 60;

    private Steps() {}

    public static Arbitrary<List<Step>> sequences(int length) {
        var kinds = Arbitraries.frequency(
                Tuple.of(3, CREATE),
                Tuple.of(2, PUT),
                Tuple.of(2, PATCH),
                Tuple.of(2, PAUSE),
                Tuple.of(3, RESUME),
                Tuple.of(4, STOP),
                Tuple.of(2, DELETE),
                Tuple.of(1, RELEASE),
                Tuple.of(2, RESTART),
                Tuple.of(2, RESTART_TASK),
                Tuple.of(3, ALTER_OFFSETS),
                Tuple.of(2, RESET_OFFSETS),
                Tuple.of(6, STATUS),
                Tuple.of(2, REFUSED),
                Tuple.of(3, ABSENT),
                Tuple.of(4, OPERATION),
                Tuple.of(1, OFFSETS),
                Tuple.of(3, DRIFT),
                Tuple.of(2, DRIFT_OVER),
                Tuple.of(3, RESEALED),
                Tuple.of(2, FOUND));
        var choices = Arbitraries.longs()
                .between(0, CHOICES - 1)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
        return Combinators.combine(kinds, choices)
                .as(Step::new)
                .list()
                .ofMinSize(0)
                .ofMaxSize(length)
                .withSizeDistribution((tries, least, most, center) -> random -> most);
    }

    /** How long after the one before it comes: as a rule at once, at times after any memory of a deletion. */
    public static Duration pause(Step step) {
        return step.choice() % 7 == 6 ? Duration.ofSeconds(step.choice() % 41) : Duration.ofMillis(10);
    }

    public static CommandEnvelope envelope(Step step, Reference now, String id) {
        var choice = new Choice(step.choice() / 7);
        var command = command(step.kind(), choice, now);
        var precondition = command instanceof Command.Observation ? Precondition.NONE : precondition(choice, now);
        return new CommandEnvelope(id, now.key, "tester", command, precondition);
    }

    private static Precondition precondition(Choice choice, Reference now) {
        return switch (choice.below(10)) {
            case 7 -> new Precondition(tags(choice, now), null);
            case 8 -> new Precondition(null, tags(choice, now));
            case 9 -> new Precondition(tags(choice, now), tags(choice, now));
            default -> Precondition.NONE;
        };
    }

    private static Set<String> tags(Choice choice, Reference now) {
        Set<String> tags = new java.util.TreeSet<>();
        for (int i = 0; i <= choice.below(2); i++) {
            tags.add(
                    switch (choice.below(4)) {
                        case 0 -> Long.toString(now.revision);
                        case 1 -> "config-" + now.configRevision;
                        case 2 -> choice.of(Long.toString(now.revision + 1), "config-" + (now.configRevision + 1), "0");
                        default -> "*";
                    });
        }
        return tags;
    }

    private static Command command(Step.Kind kind, Choice choice, Reference now) {
        return switch (kind) {
            case CREATE ->
                new Command.CreateConnector(
                        config(choice), target(choice), type(choice), choice.rarely(3), offsets(choice));
            case PUT -> new Command.PutConfig(config(choice), type(choice), choice.rarely(3));
            case PATCH -> new Command.PatchConfig(patch(choice), type(choice), true, validated(choice, now));
            case PAUSE -> new Command.PauseConnector();
            case RESUME -> new Command.ResumeConnector();
            case STOP -> new Command.StopConnector();
            case DELETE -> new Command.DeleteConnector();
            case RELEASE -> new Command.ReleaseConnector();
            case RESTART -> new Command.RestartConnector(choice.rarely(2), choice.rarely(2));
            case RESTART_TASK -> new Command.RestartTask(choice.below(4));
            case ALTER_OFFSETS -> new Command.AlterOffsets("[" + choice.below(3) + "]", choice.rarely(2));
            case RESET_OFFSETS -> new Command.ResetOffsets(choice.rarely(2));
            case STATUS ->
                new Command.ReportStatus(
                        uid(choice, now), choice.rarely(4) ? null : generation(choice, now), status(choice));
            case REFUSED ->
                new Command.ReportRefused(uid(choice, now), generation(choice, now), "w:8083", "no " + choice.below(2));
            case ABSENT -> new Command.ReportAbsent(uid(choice, now));
            case OPERATION -> operation(choice, now);
            case OFFSETS -> new Command.ReportOffsets(uid(choice, now), "[" + choice.below(3) + "]");
            case DRIFT -> new Command.ReportDrift(uid(choice, now), generation(choice, now), difference(choice));
            case DRIFT_OVER -> new Command.ReportDriftOver(uid(choice, now), generation(choice, now), choice.rarely(2));
            case RESEALED -> resealed(choice, now);
            case FOUND -> new Command.ReportFound(choice.rarely(2), config(choice), target(choice), status(choice));
        };
    }

    private static Command operation(Choice choice, Reference now) {
        List<String> known = new ArrayList<>(now.operations.keySet());
        String id = known.isEmpty() || choice.rarely(6) ? "another" : choice.of(known);
        boolean succeeded = !choice.rarely(2);
        return new Command.ReportOperation(
                uid(choice, now),
                id,
                succeeded,
                choice.of("said", null),
                succeeded ? null : choice.of(500, 404, null),
                choice.of("[9]", null));
    }

    /** As a rule of what is there; at times of something else, with something else, or of what is no secret. */
    private static Command resealed(Choice choice, Reference now) {
        String pin = now.config == null ? null : now.config.get("pin");
        Map<String, String> before = new HashMap<>();
        Map<String, String> after = new HashMap<>();
        after.put("pin", choice.of(SECRETS[0], SECRETS[1], "sealed:v1:2:AAAA", "clear"));
        before.put("pin", pin == null || choice.rarely(4) ? SECRETS[0] : pin);
        if (choice.rarely(3)) {
            before.put("file", "f0");
            after.put("file", SECRETS[0]);
        }
        if (choice.rarely(5)) {
            before.remove("pin");
        }
        return new Command.ReportResealed(uid(choice, now), Config.of(before), Config.of(after));
    }

    /** As a rule the present incarnation; else the one before it, or one that never was. */
    private static String uid(Choice choice, Reference now) {
        return switch (choice.below(6)) {
            case 4 -> now.replaces == null ? "another" : now.replaces;
            case 5 -> "another";
            default -> now.uid == null ? "another" : now.uid;
        };
    }

    private static long generation(Choice choice, Reference now) {
        return Math.max(0, now.generation + choice.of(0, 0, 0, -1, -2, 1));
    }

    private static Long validated(Choice choice, Reference now) {
        return choice.of(null, now.configRevision, now.configRevision + 1);
    }

    private static final String[] SECRETS = {"sealed:v1:1:AAAA", "sealed:v1:1:BBBB", Reference.KEEP};

    private static Config config(Choice choice) {
        Map<String, String> values = new HashMap<>(Map.of("connector.class", "Any"));
        values.put("file", "f" + choice.below(2));
        if (choice.rarely(2)) {
            values.put("name", choice.of(Reference.NAME, "other"));
        }
        if (choice.rarely(3)) {
            values.put("pin", choice.of(SECRETS));
        }
        return Config.of(values);
    }

    private static Map<String, String> patch(Choice choice) {
        Map<String, String> patch = new HashMap<>();
        if (choice.rarely(2)) {
            patch.put("file", choice.of("f0", "f1", null));
        }
        if (choice.rarely(2)) {
            patch.put("topic", choice.of("t0", null));
        }
        if (choice.rarely(3)) {
            patch.put("pin", choice.of(SECRETS));
        }
        if (choice.rarely(5)) {
            patch.put("name", choice.of("other", null));
        }
        return patch;
    }

    private static TargetState target(Choice choice) {
        return choice.of(TargetState.values());
    }

    private static ConnectorType type(Choice choice) {
        return choice.of(ConnectorType.values());
    }

    private static String offsets(Choice choice) {
        return choice.rarely(3) ? "[" + choice.below(2) + "]" : null;
    }

    private static ConnectorStatus status(Choice choice) {
        List<TaskStatus> tasks = new ArrayList<>();
        int count = choice.below(4);
        for (int id = count - 1; id >= 0; id--) {
            if (!choice.rarely(4)) {
                boolean failed = choice.rarely(3);
                tasks.add(new TaskStatus(
                        id,
                        failed ? RunState.FAILED : choice.of(RunState.RUNNING, RunState.PAUSED),
                        "w:8083",
                        choice.of("1.0", null),
                        failed ? "boom " + choice.below(2) : null));
            }
        }
        return new ConnectorStatus(
                choice.of(RunState.RUNNING, RunState.PAUSED, RunState.STOPPED, RunState.FAILED),
                choice.of("w:8083", "v:8083"),
                "1.0",
                choice.rarely(4) ? "boom" : null,
                type(choice),
                tasks);
    }

    private static Difference difference(Choice choice) {
        return switch (choice.below(4)) {
            case 0 -> new Difference(true, null, List.of(), 0);
            case 1 -> new Difference(false, RunState.PAUSED, List.of(), 0);
            case 2 -> new Difference(false, null, List.of(new ConfigDifference("file", "1", null)), 0);
            default -> Difference.NONE;
        };
    }
}
