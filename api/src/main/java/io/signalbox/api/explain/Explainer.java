package io.signalbox.api.explain;

import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.dataplane.Outlook.Answering;
import io.signalbox.processor.dataplane.RootCause;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Drift;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds out why a connector is as it is, from the facts alone: no clock, no calls. It says what is known, and guesses nothing. */
public final class Explainer {

    private static final int MOST_NAMED = 5;

    private final Facts facts;
    private final ConnectorState state;
    private final Outlook outlook;
    private final List<Finding> findings = new ArrayList<>();

    private Explainer(Facts facts) {
        this.facts = facts;
        state = facts.state();
        outlook = facts.outlook().outlook().orElse(null);
    }

    public static Explanation explain(Facts facts) {
        var explainer = new Explainer(facts);
        explainer.look();
        explainer.findings.sort(Comparator.comparing(Finding::situation));
        return new Explanation(explainer.findings, Next.says(facts));
    }

    private void look() {
        if (state.phase() == Phase.FOUND) {
            add(
                    Situation.FOUND_ONLY,
                    "It was found on the cluster and nobody has declared it here, so that Signalbox leaves it alone.",
                    "To take it over, PUT its config here, or change the cluster's policy \"unmanaged\" to \"adopt\".");
            return;
        }
        cluster();
        if (state.phase() == Phase.DELETING) {
            add(
                    Situation.DELETING,
                    "It is being deleted" + by() + ", and is shown until no worker shows it any more.",
                    null);
            problem();
            return;
        }
        refused();
        status();
        drift();
        pending();
        problem();
        rest();
    }

    private void cluster() {
        if (facts.cluster() == null) {
            add(
                    Situation.CLUSTER_NOT_REGISTERED,
                    "Cluster " + state.key().clusterKey()
                            + " is not registered, so that nothing reaches the connector.",
                    "Register it: PUT /signalbox/v1/environments/" + state.key().environment() + "/clusters/"
                            + state.key().cluster() + " with the URLs of its workers.");
        } else if (outlook != null && outlook.answering() == Answering.AWAY) {
            add(
                    Situation.CLUSTER_AWAY,
                    "No worker of the cluster answers" + since(outlook.answeringForMs())
                            + "; what is shown was seen before that.",
                    "Check the workers at "
                            + String.join(", ", facts.cluster().spec().workers())
                            + ". What was asked for is kept, and applied as soon as one of them answers.",
                    outlook.clusterProblem());
        } else if (outlook != null && outlook.answering() == Answering.TROUBLED) {
            add(
                    Situation.CLUSTER_TROUBLED,
                    "A worker answers, but does not list its connectors" + since(outlook.answeringForMs()) + ".",
                    "Look into the worker's log, and check user and password if it wants any.",
                    outlook.clusterProblem());
        }
    }

    private void refused() {
        var error = state.applyError();
        if (error != null && error.generation() == state.generation()) {
            var cause = Cause.of(error.message());
            add(
                    situation(cause, Situation.REFUSED),
                    "The cluster refused what is desired (generation " + error.generation() + ").",
                    cause.help(),
                    RootCause.of(error.message()));
        }
        if (state.offsetsError() != null) {
            add(
                    Situation.OFFSETS_NOT_SET,
                    "The offsets that it was created with could not be set, so that it stays stopped.",
                    "Set other offsets with PATCH …/offsets, then PUT …/resume; or delete and create it anew.",
                    RootCause.of(state.offsetsError()));
        }
        if (state.replaces() != null) {
            add(
                    Situation.PREDECESSOR,
                    "An earlier connector of the same name is still on the cluster, and is removed first.",
                    null);
        }
    }

    private void status() {
        var status = state.status();
        if (status == null) {
            return;
        }
        if (status.state() == RunState.FAILED) {
            failed(
                    Situation.CONNECTOR_FAILED,
                    "The connector itself is FAILED on worker " + status.workerId() + ".",
                    status.trace());
        }
        var failed = tasks(RunState.FAILED);
        if (!failed.isEmpty()) {
            failed(
                    Situation.TASK_FAILED,
                    failed.size() + " of " + status.tasks().size() + " tasks failed: " + named(failed) + ".",
                    failed.getFirst().trace());
        }
        boolean moves = status.state() == RunState.UNASSIGNED
                || status.state() == RunState.RESTARTING
                || !tasks(RunState.UNASSIGNED).isEmpty()
                || !tasks(RunState.RESTARTING).isEmpty();
        if (moves) {
            add(
                    Situation.REBALANCING,
                    "The workers are sharing out their work anew: the connector is " + status.state() + ", and "
                            + (tasks(RunState.UNASSIGNED).size()
                                    + tasks(RunState.RESTARTING).size())
                            + " of its tasks are UNASSIGNED or RESTARTING.",
                    "Wait: when a worker has left, this takes as long as its scheduled.rebalance.max.delay.ms, five"
                            + " minutes by default.");
        }
    }

    private void failed(Situation situation, String says, String trace) {
        var cause = Cause.of(trace);
        String restart = " Then restart what failed: POST …/restart?includeTasks=true&onlyFailed=true.";
        add(situation(cause, situation), says, cause.help() + restart, RootCause.of(trace));
    }

    private void drift() {
        Drift drift = state.drift();
        if (drift == null) {
            return;
        }
        boolean heals =
                facts.cluster() != null && facts.cluster().spec().policies().drift() == OnDrift.HEAL;
        var difference = drift.difference();
        String todo = heals
                ? "It is being put back. Whoever changed it should ask Signalbox instead."
                : "It stays so, for the cluster's policy \"drift\" is \"report\". Undo it on the worker, or ask Signalbox for"
                        + " it.";
        if (difference.absent()) {
            add(
                    Situation.DELETED_ON_CLUSTER,
                    "Somebody deleted it on the cluster; seen at " + drift.since() + ".",
                    todo);
            return;
        }
        String what = difference.state() == null
                ? ""
                : "it is " + difference.state() + " where " + state.targetState() + " is desired";
        if (difference.inConfig()) {
            String keys = difference.config().stream()
                    .limit(MOST_NAMED)
                    .map(each -> each.key())
                    .collect(Collectors.joining(", "));
            int all = difference.config().size() + difference.moreConfig();
            what += (what.isEmpty() ? "" : ", and ") + all + " keys of its config differ (" + keys
                    + (all > MOST_NAMED ? ", …" : "") + ")";
        }
        add(
                Situation.DRIFT,
                "Somebody changed it on the cluster behind Signalbox's back: " + what + "; seen at " + drift.since()
                        + ".",
                todo);
    }

    private void pending() {
        for (Operation operation : state.operations()) {
            String what = switch (operation.kind()) {
                case RESTART -> "A restart";
                case ALTER_OFFSETS -> "A change of its offsets";
                case RESET_OFFSETS -> "A reset of its offsets";
            };
            add(
                    Situation.OPERATION_PENDING,
                    what + " that was asked for at " + operation.requestedAt() + " is not finished"
                            + (operation.onOffsets() ? "; the connector is held stopped until it is." : "."),
                    null);
        }
        boolean refused = state.applyError() != null && state.applyError().generation() == state.generation();
        if (state.generation() > state.observedGeneration() && !refused) {
            add(
                    Situation.NOT_APPLIED_YET,
                    "What is desired (generation " + state.generation() + ") is not on the cluster yet, which has "
                            + (state.observedGeneration() == 0
                                    ? "none of it"
                                    : "generation " + state.observedGeneration())
                            + ".",
                    null);
        }
    }

    /** What the reconciler met with. A refusal that the log already has was told. */
    private void problem() {
        var problem = outlook == null ? null : outlook.problem();
        if (problem == null || problem.kind() == DriverException.Kind.UNREACHABLE) {
            return;
        }
        if (problem.kind() == DriverException.Kind.BUSY) {
            add(
                    Situation.REBALANCING,
                    "The workers are sharing out their work anew and take no changes (HTTP " + problem.status() + ").",
                    "Wait: it is tried again until it is taken.",
                    problem);
        } else if (state.applyError() == null || state.applyError().generation() != state.generation()) {
            var cause = Cause.of(problem.message());
            add(
                    situation(cause, Situation.APPLY_FAILING),
                    "The last " + outlook.failures() + " attempts to apply it failed; the worker answered HTTP "
                            + problem.status() + ".",
                    cause.help(),
                    problem);
        }
    }

    /** What is to be said of one that is well, or at rest. */
    private void rest() {
        var status = state.status();
        boolean applied = state.generation() <= state.observedGeneration();
        if (status == null) {
            if (applied) {
                add(Situation.NOT_OBSERVED_YET, "It is on the cluster, but was not seen doing anything yet.", null);
            }
            return;
        }
        boolean asAsked = status.state().name().equals(state.targetState().name());
        if (asAsked && state.targetState() != TargetState.RUNNING) {
            boolean paused = state.targetState() == TargetState.PAUSED;
            boolean held = state.offsetsChange().isPresent() || state.offsetsError() != null;
            if (!held) {
                add(
                        paused ? Situation.PAUSED_AS_ASKED : Situation.STOPPED_AS_ASKED,
                        "It is " + status.state() + " because that is what was asked for" + by() + ".",
                        "To let it run: PUT …/resume.");
            }
        } else if (asAsked && status.tasks().isEmpty()) {
            add(
                    Situation.RUNNING_WITHOUT_TASKS,
                    "The connector runs, but has no tasks. Some never have any; others have nothing to do.",
                    "If it should have tasks, look into the worker's log for what the connector found.");
        } else if (asAsked) {
            long running = tasks(RunState.RUNNING).size();
            add(
                    Situation.RUNNING,
                    "The connector runs, and " + running + " of its "
                            + status.tasks().size() + " tasks do.",
                    null);
        } else if (state.drift() == null && status.state() != RunState.FAILED && applied) {
            add(
                    Situation.DIFFERENT,
                    "It is " + status.state() + " where " + state.targetState() + " is desired.",
                    null);
        }
        if (findings.isEmpty()) {
            add(Situation.DIFFERENT, "It is " + status.state() + ".", null);
        }
    }

    private List<TaskStatus> tasks(RunState doing) {
        return state.status().tasks().stream()
                .filter(task -> task.state() == doing)
                .toList();
    }

    private static String named(List<TaskStatus> tasks) {
        return tasks.stream()
                        .limit(MOST_NAMED)
                        .map(task -> task.id() + " on " + task.workerId())
                        .collect(Collectors.joining(", "))
                + (tasks.size() > MOST_NAMED ? ", …" : "");
    }

    /** Who asked last, where that is known and was about this. */
    private String by() {
        var asked = facts.latest().asked();
        return asked == null ? "" : ", last by " + asked.actor() + " at " + asked.time();
    }

    private String since(Long forMs) {
        return forMs == null ? "" : " since " + facts.now().minusMillis(forMs).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Situation situation(Cause cause, Situation otherwise) {
        return switch (cause) {
            case BAD_CLASS -> Situation.BAD_CLASS;
            case PERMISSION -> Situation.PERMISSION;
            case QUOTA -> Situation.QUOTA;
            case INVALID_CONFIG ->
                otherwise == Situation.REFUSED || otherwise == Situation.APPLY_FAILING
                        ? Situation.INVALID_CONFIG
                        : otherwise;
            case UNREACHABLE, BAD_DATA, OTHER -> otherwise;
        };
    }

    private void add(Situation situation, String says, String todo) {
        findings.add(Finding.of(situation, says, todo));
    }

    private void add(Situation situation, String says, String todo, Outlook.Problem problem) {
        add(situation, says, todo, problem == null ? null : RootCause.of(problem.message()));
    }

    private void add(Situation situation, String says, String todo, String rootCause) {
        findings.add(new Finding(situation, says, todo, rootCause));
    }
}
