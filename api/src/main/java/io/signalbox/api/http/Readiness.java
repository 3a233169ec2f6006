package io.signalbox.api.http;

import java.util.List;

/** Whether this replica can do its work. */
@FunctionalInterface
public interface Readiness {

    /** @return what it still waits for, in words for an operator; empty when it is ready. Cheap: asked at every probe */
    List<String> waitingFor();

    /** Whether it was told to stop: it still answers, but whoever has a choice should ask another replica. */
    default boolean stopping() {
        return false;
    }
}
