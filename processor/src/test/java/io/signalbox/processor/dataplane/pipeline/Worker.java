package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Kafka Connect worker with its reconciler: it does what the log wants at once, when time passes, and reports it. */
final class Worker {

    private final World world;
    private final Map<ConnectorKey, ConnectorState> there = new HashMap<>();
    private final Set<ConnectorKey> running = new HashSet<>();
    /** Those whose tasks failed, with why: until somebody restarts them. */
    private final Map<ConnectorKey, String> failed = new HashMap<>();

    Worker(World world) {
        this.world = world;
    }

    Set<ConnectorKey> running() {
        return running;
    }

    /** Whether nothing more happens by itself. */
    boolean rests() {
        boolean sinks = running.stream().anyMatch(key -> key.connector().endsWith(".sink"));
        return world.unwritten == 0 || !sinks;
    }

    void work() {
        if (world.workerAway) {
            return;
        }
        List.copyOf(world.log.connectors().values()).forEach(this::work);
        boolean sinks = running.stream().anyMatch(key -> key.connector().endsWith(".sink"));
        if (sinks) {
            world.uncommitted += world.unwritten;
            world.unwritten = 0;
            if (world.commits) {
                commit();
            }
        }
    }

    private void work(ConnectorState wanted) {
        var key = wanted.key();
        if (wanted.replaces() != null) {
            remove(key);
            world.log.report(key, new Command.ReportAbsent(wanted.replaces()));
            return;
        }
        switch (wanted.phase()) {
            case DELETING -> {
                remove(key);
                world.log.report(key, new Command.ReportAbsent(wanted.uid()));
            }
            case ACTIVE -> apply(wanted);
            default -> remove(key);
        }
    }

    private void remove(ConnectorKey key) {
        stop(key);
        there.remove(key);
        failed.remove(key);
    }

    private void stop(ConnectorKey key) {
        if (running.remove(key) && key.connector().endsWith(".sink")) {
            commit();
        }
    }

    private void commit() {
        world.written += world.uncommitted;
        world.uncommitted = 0;
    }

    private void apply(ConnectorState wanted) {
        var key = wanted.key();
        there.put(key, wanted);
        if (wanted.targetState() == TargetState.RUNNING) {
            start(wanted);
        } else {
            stop(key);
            failed.remove(key);
        }
        for (Operation operation : wanted.operations()) {
            operate(wanted, operation);
        }
        var state = world.log.connector(key);
        world.log.report(key, new Command.ReportStatus(state.uid(), state.generation(), status(state)));
    }

    private ConnectorStatus status(ConnectorState state) {
        var key = state.key();
        var type = key.connector().endsWith(".sink") ? ConnectorType.SINK : ConnectorType.SOURCE;
        if (state.targetState() != TargetState.RUNNING) {
            return new ConnectorStatus(RunState.STOPPED, "w:8083", "1", null, type, List.of());
        }
        String why = failed.get(key);
        var task = new TaskStatus(
                0, why == null ? RunState.RUNNING : RunState.FAILED, "w:8083", "1", why == null ? null : why);
        return new ConnectorStatus(RunState.RUNNING, "w:8083", "1", null, type, List.of(task));
    }

    private void start(ConnectorState wanted) {
        var key = wanted.key();
        if (failed.containsKey(key)) {
            return;
        }
        if (world.failing.containsKey(key)) {
            stop(key);
            failed.put(key, world.failing.get(key));
            return;
        }
        if (!running.add(key)) {
            return;
        }
        var config = wanted.config();
        if (key.connector().endsWith(".sink")) {
            world.groups.add("connect-" + key.connector());
            return;
        }
        if (!world.publications.contains(config.get("publication.name"))) {
            world.wrongs.add("the source ran without its publication");
        }
        String prefix = config.get("topic.prefix");
        world.slots.add(config.get("slot.name"));
        world.topics.add(prefix + ".public.t");
        world.topics.add(config.get("notification.sink.topic.name"));
        // Whoever has no offsets copies everything.
        boolean copies = world.offsets.add(key);
        if (copies && world.forgets) {
            world.forgets = false;
            world.forgotten = "told";
        } else if (copies) {
            world.copies += world.forgotten == null ? 0 : 1;
            world.forgotten = null;
            world.unwritten += 100;
        } else {
            world.unwritten++;
        }
        // Debezium goes on with what is in its offsets.
        String copy = world.copying.remove(key);
        if (copy != null) {
            if (world.copyEnds != null) {
                world.copied.put(copy, world.copyEnds);
            }
            world.unwritten += 10;
        }
    }

    private void operate(ConnectorState wanted, Operation operation) {
        var key = wanted.key();
        if (operation.onOffsets() && running.contains(key)) {
            return;
        }
        if (operation.kind() == Operation.Kind.RESET_OFFSETS) {
            world.offsets.remove(key);
            world.copying.remove(key);
        } else if (operation.kind() == Operation.Kind.ALTER_OFFSETS) {
            world.copying.put(key, operation.offsets().replaceFirst(".*correlation_id\":\"([^\"]*)\".*", "$1"));
        } else {
            failed.remove(key);
            start(wanted);
        }
        world.log.report(key, new Command.ReportOperation(wanted.uid(), operation.id(), true, null));
    }
}
