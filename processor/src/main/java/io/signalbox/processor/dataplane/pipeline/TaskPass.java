package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.dataplane.systems.TableName;
import io.signalbox.processor.domain.Command.ReportPipelineTask;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.PipelineTask;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One look at the tasks of a pipeline that follows changes, of which one is done at a time. Its source is stopped for a moment, and
 * begins again with the copy of the table in its offsets; from then on the copy is the source's own, which goes on with it wherever it
 * begins. A try that fails is nothing to the pipeline: its source runs on.
 */
final class TaskPass {

    /** Debezium's words for what all went well with; a table may be empty. */
    private static final Set<String> COPIED = Set.of("SUCCEEDED", "EMPTY");

    private final Tools tools;
    private final Memory memory;
    private final Hands hands;
    private final Reports reports;
    private final Secrets secrets;
    /** When something was told last of the copy that is followed. */
    private String heard = "";
    /** Where the topics ended when that copy had ended. */
    private String ended = "";

    private Map<String, Long> ends = Map.of();

    TaskPass(Tools tools, Memory memory, Hands hands, Reports reports, Secrets secrets) {
        this.tools = tools;
        this.memory = memory;
        this.hands = hands;
        this.reports = reports;
        this.secrets = secrets;
    }

    /**
     * Begins the next task, if there is one.
     *
     * @return whether the source is to stay stopped for it
     */
    boolean begins(PipelineState now) {
        PipelineTask task = next(now).orElse(null);
        if (task == null
                || reports.underway(ReportPipelineTask.class) instanceof ReportPipelineTask told && over(told, task)) {
            return false;
        }
        try {
            put(now, task, copy(task, task.attempt() + 1));
            return true;
        } catch (StepFailedException e) {
            failed(now, task, task.attempt() + 1, secrets.redacted(now, e.getMessage()), e.lasting());
            return false;
        }
    }

    private static boolean over(ReportPipelineTask told, PipelineTask task) {
        return told.taskId().equals(task.id())
                && told.attempt() == task.attempt() + 1
                && told.state() == PipelineTask.State.FAILED;
    }

    private Optional<PipelineTask> next(PipelineState now) {
        boolean follows = now.status().state() == State.REALTIME
                && (now.status().status() == Status.HEARTBEAT || now.status().status() == Status.WARNING);
        return !follows || running(now).isPresent()
                ? Optional.empty()
                : now.tasks().stream().filter(this::due).findFirst();
    }

    private boolean due(PipelineTask task) {
        return task.state() == PipelineTask.State.PENDING
                && (task.nextAttemptAt() == null
                        || !task.nextAttemptAt().isAfter(tools.pace().clock().instant()));
    }

    private static Optional<PipelineTask> running(PipelineState now) {
        return now.tasks().stream()
                .filter(task -> task.state() == PipelineTask.State.RUNNING)
                .findFirst();
    }

    /** Each try is a copy of its own, so that nothing that is told of one is taken for another one's. */
    private static String copy(PipelineTask task, long attempt) {
        return task.id() + "." + attempt;
    }

    private void put(PipelineState now, PipelineTask task, String copy) {
        if (memory.since("hold " + copy).compareTo(tools.pace().hold()) > 0) {
            throw new StepFailedException(
                    Component.SOURCE,
                    "The source could not be stopped and given the copy in "
                            + tools.pace().hold().toSeconds() + " s",
                    false);
        }
        if (!memory.began("fit " + copy)) {
            requireFit(now, task);
            memory.begin("fit " + copy);
        }
        var source = now.key().source();
        if (!hands.stopped(now, source)) {
            return;
        }
        String offsets = tools.offsets().of(source).orElse("[]");
        if (!CopyOffsets.have(offsets, copy) && !altered(now, task, offsets, copy)) {
            return;
        }
        // It runs again as soon as the log has this: who begins anew does not put the copy there twice.
        report(now, task, task.attempt() + 1, PipelineTask.State.RUNNING, null, null);
    }

    private boolean altered(PipelineState now, PipelineTask task, String offsets, String copy) {
        String with = CopyOffsets.with(offsets, now.source().get("topic.prefix"), table(task), copy)
                .orElseThrow(() -> new StepFailedException(
                        Component.SOURCE, "The source has not told yet where it is in its database", false));
        return hands.altered(now, now.key().source(), with);
    }

    /** @throws StepFailedException when the table cannot be copied, or that cannot be told */
    private void requireFit(PipelineState now, PipelineTask task) {
        boolean able = "true".equals(now.source().get("read.only")) && new Belongings(now).notifications() != null;
        if (!able) {
            throw new StepFailedException(
                    Component.SOURCE,
                    "The source was not made ready to copy single tables: it has to be PostgreSQL 13 or newer, and no"
                            + " standby. Restart the connector if it is",
                    true);
        }
        if (!CopyOffsets.canHave(table(task))) {
            throw new StepFailedException(
                    Component.SOURCE,
                    table(task) + ": in its name is a space, dot, quote or bracket, with which Debezium could not go on"
                            + " with a copy that was broken off",
                    true);
        }
        Optional<String> obstacle;
        try {
            obstacle = tools.systems().obstacle(secrets.source(now), table(task));
        } catch (SystemException e) {
            throw new StepFailedException(Component.SOURCE, e.getMessage(), e.kind() == Kind.REFUSED);
        }
        if (obstacle.isPresent()) {
            throw new StepFailedException(Component.SOURCE, table(task) + ": " + obstacle.get(), true);
        }
    }

    private static TableName table(PipelineTask task) {
        return new TableName(task.schema(), task.name());
    }

    /**
     * Tells how far the copy is that is under way.
     *
     * @param runs whether the connectors are seen to run; while they do not nothing is expected of them
     */
    void follow(PipelineState now, boolean runs) {
        running(now).ifPresent(task -> follow(now, task, copy(task, task.attempt()), runs));
    }

    private void follow(PipelineState now, PipelineTask task, String copy, boolean runs) {
        var told = tools.copies().of(new Belongings(now).notifications(), copy);
        String last = copy + " " + told.map(Copies.Told::at).orElse(null);
        String end = told.map(Copies.Told::end).orElse(null);
        if (end == null) {
            if (!runs || !last.equals(heard)) {
                heard = last;
                memory.begin("heard");
            }
            if (memory.since("heard").compareTo(tools.pace().quiet()) > 0) {
                String reason = "Nothing was heard of the copy for "
                        + tools.pace().quiet().toMinutes() + " minutes";
                failed(now, task, task.attempt(), reason, false);
            }
        } else if (!COPIED.contains(end)) {
            failed(now, task, task.attempt(), table(task) + ": " + reason(end), end.equals("NO_PRIMARY_KEY"));
        } else if (written(now, copy)) {
            report(now, task, task.attempt(), PipelineTask.State.DONE, null, null);
        }
    }

    private static String reason(String end) {
        return switch (end) {
            case "NO_PRIMARY_KEY" -> "it has no primary key";
            case "UNKNOWN_SCHEMA" -> "the source cannot tell its columns";
            case "SQL_EXCEPTION" -> "the database did not answer a query of the source; the worker's log says why";
            default -> "the source ended the copy with " + end;
        };
    }

    /** Whether the sink has committed all that was in the topics when the copy had ended. */
    private boolean written(PipelineState now, String copy) {
        if (now.plan().sink() == null) {
            return true;
        }
        // Rows and what is told of them are in different topics: the rows may come a moment later.
        if (memory.since("copied " + copy).compareTo(tools.pace().settle()) < 0) {
            return false;
        }
        var has = new Belongings(now);
        if (!copy.equals(ended)) {
            ends = tools.topics().ends(has.read());
            ended = copy;
        }
        return tools.topics().committed(has.group(), ends);
    }

    private void failed(PipelineState now, PipelineTask task, long attempt, String reason, boolean lasting) {
        var pace = tools.pace();
        boolean over = lasting || task.failures() >= pace.tries();
        Long after = over ? null : pace.backoff(task.failures() + 1).toMillis();
        report(now, task, attempt, PipelineTask.State.FAILED, reason, after);
    }

    private void report(
            PipelineState now,
            PipelineTask task,
            long attempt,
            PipelineTask.State state,
            String reason,
            Long retryAfterMs) {
        reports.once(now, new ReportPipelineTask(now.uid(), task.id(), attempt, state, reason, retryAfterMs));
    }
}
