package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Difference;
import io.signalbox.processor.domain.Drift;
import io.signalbox.processor.domain.Fingerprint;
import io.signalbox.processor.domain.Operation;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** States for tests, as short as they can be said. */
final class States {

    static final ClusterKey LOCAL = new ClusterKey("default", "local");
    static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    static final Sealer SEALER = KeySets.fresh();
    static final Fingerprint FINGERPRINT = SEALER.fingerprint();

    private States() {}

    /** Without threads and drivers. */
    static Engine engine(CommandSink sink, Timing timing) {
        return new Engine(null, null, timing, sink, new Secrets(SEALER, References.NONE, null));
    }

    static ClusterSpec.Policies policies(ClusterSpec.Unmanaged unmanaged, ClusterSpec.OnDrift drift) {
        return new ClusterSpec.Policies(50, 4, true, unmanaged, drift);
    }

    static ClusterState cluster(ClusterKey key, List<String> workers) {
        return cluster(key, workers, policies(ClusterSpec.Unmanaged.ADOPT, ClusterSpec.OnDrift.HEAL));
    }

    static ClusterState cluster(ClusterKey key, List<String> workers, ClusterSpec.Policies policies) {
        var spec = new ClusterSpec(workers, null, null, policies);
        return new ClusterState(key, spec, true, 1, THEN, THEN);
    }

    static Config config(String name, String value) {
        return Config.of(Map.of("name", name, "connector.class", "X", "value", value));
    }

    /** Generation 1, never applied. */
    static ConnectorState created(ClusterKey cluster, String name, TargetState target) {
        return new ConnectorState(
                cluster.connector(name),
                "uid-" + name,
                Phase.ACTIVE,
                target,
                config(name, "1"),
                1,
                ConnectorType.SOURCE,
                true,
                1,
                0,
                1,
                null,
                List.of(),
                null,
                THEN,
                THEN,
                null);
    }

    static ConnectorState created(String name, TargetState target) {
        return created(LOCAL, name, target);
    }

    static ConnectorState seen(ConnectorState s, long observedGeneration, ConnectorStatus status) {
        return with(s, s.phase(), s.targetState(), s.config(), s.generation(), observedGeneration, null, s.operations())
                .withStatus(status);
    }

    static ConnectorState retargeted(ConnectorState s, TargetState target) {
        return with(s, s.phase(), target, s.config(), s.generation() + 1, s.observedGeneration(), null, List.of());
    }

    static ConnectorState reconfigured(ConnectorState s, String value) {
        var config = config(s.key().connector(), value);
        return with(s, s.phase(), s.targetState(), config, s.generation() + 1, s.observedGeneration(), null, List.of());
    }

    static ConnectorState deleting(ConnectorState s) {
        return with(
                s,
                Phase.DELETING,
                s.targetState(),
                s.config(),
                s.generation() + 1,
                s.observedGeneration(),
                null,
                List.of());
    }

    static ConnectorState deleted(ConnectorState s) {
        return with(s, Phase.DELETED, s.drift());
    }

    static ConnectorState replacing(ConnectorState s, String uid) {
        return with(s, s.phase(), s.targetState(), s.config(), s.generation(), s.observedGeneration(), uid, List.of());
    }

    static ConnectorState asked(ConnectorState s, Operation... operations) {
        return with(
                s,
                s.phase(),
                s.targetState(),
                s.config(),
                s.generation(),
                s.observedGeneration(),
                null,
                List.of(operations));
    }

    static ConnectorState drifted(ConnectorState s, Difference difference) {
        return with(s, s.phase(), new Drift(s.generation(), difference, THEN));
    }

    /** Seen on the worker as config 1, and not ours. */
    static ConnectorState found(String name) {
        return with(created(name, TargetState.RUNNING), Phase.FOUND, null);
    }

    private static ConnectorState with(ConnectorState s, Phase phase, Drift drift) {
        return new ConnectorState(
                s.key(),
                s.uid(),
                phase,
                s.targetState(),
                s.config(),
                s.configRevision(),
                s.type(),
                s.validated(),
                s.generation(),
                s.observedGeneration(),
                s.revision() + 1,
                s.replaces(),
                s.operations(),
                s.applyError(),
                s.createdAt(),
                s.updatedAt(),
                s.status(),
                s.offsetsError(),
                s.adopted(),
                drift);
    }

    static Operation restart(String id) {
        return new Operation(id, null, true, false, THEN);
    }

    static Operation alterOffsets(String id, String offsets, TargetState then) {
        return new Operation(id, null, false, false, THEN, Operation.Kind.ALTER_OFFSETS, offsets, then);
    }

    static Operation resetOffsets(String id) {
        return new Operation(id, null, false, false, THEN, Operation.Kind.RESET_OFFSETS, null, null);
    }

    static ConnectorStatus status(RunState state, RunState... tasks) {
        var list = IntStream.range(0, tasks.length)
                .mapToObj(i -> new TaskStatus(i, tasks[i], "w:8083", null, null))
                .toList();
        return new ConnectorStatus(state, "w:8083", null, null, ConnectorType.SOURCE, list);
    }

    private static ConnectorState with(
            ConnectorState s,
            Phase phase,
            TargetState target,
            Config config,
            long generation,
            long observedGeneration,
            String replaces,
            List<Operation> operations) {
        return new ConnectorState(
                new ConnectorKey(
                        s.key().environment(), s.key().cluster(), s.key().connector()),
                s.uid(),
                phase,
                target,
                config,
                s.configRevision(),
                s.type(),
                s.validated(),
                generation,
                observedGeneration,
                s.revision() + 1,
                replaces,
                operations,
                null,
                s.createdAt(),
                s.updatedAt(),
                s.status(),
                s.offsetsError(),
                s.adopted(),
                s.drift());
    }
}
