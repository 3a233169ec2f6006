package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * Work on the data plane with a result to wait for: a restart, or a change of offsets.
 *
 * @param id the id of the command that asked for it; for the offsets of a creation, see {@link #initialOffsets}
 * @param task the one task to restart; null for the connector
 * @param includeTasks whether the connector's tasks are restarted too (KIP-745)
 * @param onlyFailed whether only what is FAILED is restarted
 * @param offsets what to set, a JSON array of {@code {"partition":…,"offset":…}} (KIP-875); null unless ALTER_OFFSETS
 * @param then the target state once the offsets are changed; null to stay stopped, and for a restart
 */
public record Operation(
        String id,
        Integer task,
        boolean includeTasks,
        boolean onlyFailed,
        Instant requestedAt,
        Kind kind,
        String offsets,
        TargetState then) {

    public enum Kind {
        RESTART,
        ALTER_OFFSETS,
        RESET_OFFSETS
    }

    /** A restart. */
    public Operation(String id, Integer task, boolean includeTasks, boolean onlyFailed, Instant requestedAt) {
        this(id, task, includeTasks, onlyFailed, requestedAt, Kind.RESTART, null, null);
    }

    static Operation alterOffsets(String id, String offsets, Instant at) {
        return new Operation(id, null, false, false, at, Kind.ALTER_OFFSETS, offsets, null);
    }

    static Operation resetOffsets(String id, Instant at) {
        return new Operation(id, null, false, false, at, Kind.RESET_OFFSETS, null, null);
    }

    /** What sets the offsets that a connector was created with. It has an id of its own: the creation is answered first. */
    static Operation initialOffsets(String uid, String offsets, TargetState then, Instant at) {
        return alterOffsets(initialId(uid), offsets, at).then(then);
    }

    /** Whether it belongs to the creation of this incarnation, which stays stopped if it fails. */
    public boolean initial(String uid) {
        return id.equals(initialId(uid));
    }

    /** Whether the connector has to be stopped for it. */
    public boolean onOffsets() {
        return kind != Kind.RESTART;
    }

    Operation then(TargetState next) {
        return new Operation(
                id,
                task,
                includeTasks,
                onlyFailed,
                requestedAt,
                kind,
                offsets,
                next == TargetState.STOPPED ? null : next);
    }

    private static String initialId(String uid) {
        return uid + "~offsets";
    }
}
