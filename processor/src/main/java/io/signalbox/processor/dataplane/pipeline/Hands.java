package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Origin;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.TargetState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to the connectors of a pipeline: each thing once, because the id of a command follows from what it is for and from
 * what was seen. So two conductors at once, one of which does not know yet that it is not its turn, do it once, too. What was
 * refused is asked again under another id, since the log gives the same answer to the same one.
 */
final class Hands {

    private static final Logger LOG = LoggerFactory.getLogger(Hands.class);

    private final Tools tools;
    private final Memory memory;
    private final Secrets secrets;
    private final Map<ConnectorKey, Optional<ConnectorState>> seen = new HashMap<>();

    Hands(Tools tools, Memory memory, Secrets secrets) {
        this.tools = tools;
        this.memory = memory;
        this.secrets = secrets;
    }

    /**
     * Has it be there, but not begin; one that is there stays as it is.
     *
     * @param config asked for only where it is not there
     */
    void have(PipelineState now, ConnectorKey key, Supplier<Config> config, ConnectorType type) {
        ConnectorState is = find(key);
        if (!Sighting.there(is)) {
            create(now, key, is, config.get(), type, TargetState.STOPPED);
        }
    }

    private void create(
            PipelineState now,
            ConnectorKey key,
            ConnectorState is,
            Config config,
            ConnectorType type,
            TargetState target) {
        ask(now, key, is, "create", new Command.CreateConnector(config, target, type, false));
    }

    /** Has it run with that config; that it does is another question. */
    void run(PipelineState now, ConnectorKey key, Config config, ConnectorType type) {
        ConnectorState is = find(key);
        if (!Sighting.there(is)) {
            create(now, key, is, config, type, TargetState.RUNNING);
            return;
        }
        if (!secrets.same(key, config.with("name", key.connector()), is.config())) {
            ask(now, key, is, "configure", new Command.PutConfig(config, type, false));
        }
        if (is.wanted() != TargetState.RUNNING) {
            ask(now, key, is, "resume", new Command.ResumeConnector());
        }
    }

    /** @return whether it is stopped, or not there */
    boolean stopped(PipelineState now, ConnectorKey key) {
        ConnectorState is = find(key);
        if (!Sighting.there(is)) {
            return true;
        }
        if (is.wanted() != TargetState.STOPPED) {
            ask(now, key, is, "stop", new Command.StopConnector());
            return false;
        }
        return Sighting.stopped(is);
    }

    /** Whether it may write, stopped or not: a connector may be stopped before its tasks on other workers are. */
    boolean writes(ConnectorKey key) {
        ConnectorState is = find(key);
        return Sighting.there(is) && !is.status().tasks().isEmpty();
    }

    /** @return whether the log has nothing more to see to of it */
    boolean gone(PipelineState now, ConnectorKey key) {
        ConnectorState is = find(key);
        if (Sighting.there(is)) {
            ask(now, key, is, "delete", new Command.DeleteConnector());
            return false;
        }
        return Sighting.gone(is);
    }

    /** @return whether its offsets were reset in this run; it has to be stopped, and one that is not there has none to be reset */
    boolean reset(PipelineState now, ConnectorKey key) {
        return !Sighting.there(find(key)) || operation(now, key, "reset", new Command.ResetOffsets());
    }

    /**
     * Stops it, and resets its offsets.
     *
     * @param why once for each
     * @return whether that was done, and it may run again
     */
    boolean begunAnew(PipelineState now, ConnectorKey key, String why) {
        return memory.began(done("reset", key, why))
                || stopped(now, key) && !writes(key) && operation(now, key, "reset", why, new Command.ResetOffsets());
    }

    /** @param what for: once for each */
    boolean restarted(PipelineState now, ConnectorKey key, String what, boolean onlyFailed) {
        ConnectorState is = find(key);
        boolean idle = !Sighting.there(is) || is.status() == null || is.wanted() != TargetState.RUNNING;
        return idle || operation(now, key, what, new Command.RestartConnector(true, onlyFailed));
    }

    /**
     * @param offsets what is to be changed of its offsets (KIP-875); it has to be stopped
     * @return whether they were changed so in this run
     */
    boolean altered(PipelineState now, ConnectorKey key, String offsets) {
        return operation(now, key, "alter", offsets, new Command.AlterOffsets(offsets));
    }

    /** A new look begins: what was seen may be old. */
    void lookAgain() {
        seen.clear();
    }

    /** As it was in this look, if nothing was done to it since; null when there never was one. */
    ConnectorState find(ConnectorKey key) {
        return seen.computeIfAbsent(key, tools.sight()::find).orElse(null);
    }

    /** To be asked before anything that cannot be taken back. */
    void requireCurrent(PipelineState now) {
        boolean current = tools.all().get().stream()
                .anyMatch(state -> state.key().equals(now.key())
                        && state.uid().equals(now.uid())
                        && state.goal() == now.goal()
                        && runId(state).equals(runId(now)));
        if (!current) {
            throw new MovedOnException();
        }
    }

    private static String runId(PipelineState state) {
        return state.run() == null ? "none" : state.run().id();
    }

    private void ask(PipelineState now, ConnectorKey key, ConnectorState is, String step, Command.OfConnector command) {
        requireCurrent(now);
        String revision = is == null ? "0" : Long.toString(is.revision());
        String what = step + " " + key.connector();
        seen.remove(key);
        var outcome = tools.commands().submit(envelope(now, key, step, revision + " " + memory.count(what), command));
        say(now, key, step, outcome);
        if (outcome.rejected()) {
            memory.count(what, memory.count(what) + 1);
            refused(now, key, step, outcome);
        }
    }

    /** Not bound to what is seen: it changes that itself. */
    private boolean operation(PipelineState now, ConnectorKey key, String step, Command.OfConnector command) {
        return operation(now, key, step, "", command);
    }

    /** @param detail what it is about, where it may be done more than once in a run */
    private boolean operation(
            PipelineState now, ConnectorKey key, String step, String detail, Command.OfConnector command) {
        String what = step + " " + key.connector() + detail;
        if (memory.began(done(step, key, detail))) {
            return true;
        }
        requireCurrent(now);
        Duration patience = tools.pace().operation();
        seen.remove(key);
        var outcome = tools.commands().await(envelope(now, key, step, detail + memory.count(what), command), patience);
        say(now, key, step, outcome);
        switch (outcome.stage()) {
            case APPLIED -> memory.begin(done(step, key, detail));
            case ACCEPTED -> {}
            case REJECTED -> {
                memory.count(what, memory.count(what) + 1);
                refused(now, key, step, outcome);
            }
            case FAILED -> {
                memory.count(what, memory.count(what) + 1);
                throw new StepFailedException(
                        component(now, key),
                        "Could not " + step + " " + key.connector() + ": " + outcome.message(),
                        false);
            }
        }
        return outcome.stage() == Stage.APPLIED;
    }

    private static String done(String step, ConnectorKey key, String detail) {
        return "done " + step + " " + key.connector() + detail;
    }

    /** What somebody did at the same time is looked at again; the rest is told. */
    private static void refused(PipelineState now, ConnectorKey key, String step, CommandOutcome outcome) {
        switch (outcome.rejection().code()) {
            case NOT_FOUND, ALREADY_EXISTS, NOT_STOPPED, OFFSETS_BUSY, NO_STATUS, UNKNOWN_TASK -> {}
            default ->
                throw new StepFailedException(
                        component(now, key),
                        "Could not " + step + " " + key.connector() + ": "
                                + outcome.rejection().message(),
                        false);
        }
    }

    static Component component(PipelineState now, ConnectorKey key) {
        return key.equals(now.key().source()) ? Component.SOURCE : Component.TARGET;
    }

    private static CommandEnvelope envelope(
            PipelineState now, ConnectorKey key, String step, String seen, Command.OfConnector command) {
        String name = String.join("\0", now.uid(), runId(now), now.goal().name(), key.toString(), step, seen);
        String id =
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        var pipeline = now.key();
        String actor = "pipeline@" + pipeline.environment() + "/" + pipeline.cluster() + "/" + pipeline.id();
        var origin = new Origin(null, null, "pipeline " + pipeline.id() + ": " + step);
        return new CommandEnvelope(id, key, actor, command, Precondition.NONE, origin);
    }

    private static void say(PipelineState now, ConnectorKey key, String step, CommandOutcome outcome) {
        LOG.info(
                "pipeline={} run={} step={} connector={} command={} result={}",
                now.key(),
                runId(now),
                step,
                key.connector(),
                outcome.commandId(),
                outcome.rejected() ? outcome.rejection().code() : outcome.stage());
    }
}
