package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What the log still knows of one connector beside its state, as of the command that is decided: a fold of the same events,
 * kept where they are kept.
 */
public interface Past {

    /** Of what nothing is known. */
    Past NONE = new Past() {};

    /** @return the config as it was from that revision on; empty when there was none yet */
    default Optional<ConfigVersion> config(long revision) {
        return Optional.empty();
    }

    /** @return the offsets of this incarnation as they were last read; empty when they were not, or were changed since */
    default Optional<ObservedOffsets> offsets(String uid) {
        return Optional.empty();
    }

    /** @return what sets this incarnation's offsets back to before they were last changed; empty when that is not known */
    default Optional<ObservedOffsets> undo(String uid) {
        return Optional.empty();
    }

    /** @return when somebody asked for this incarnation's deletion; empty when nobody did */
    default Optional<Instant> deletion(String uid) {
        return Optional.empty();
    }
}
