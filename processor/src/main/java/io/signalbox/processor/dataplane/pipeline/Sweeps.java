package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.Config;

/**
 * What becomes of rows that an earlier copy put into the topics of a pipeline, and that were gone at the source when the copy was begun
 * once more: nobody tells the target that they are gone, but for a sweep (docs/adr/0019). Each call may be made again.
 */
public interface Sweeps {

    /**
     * @param source the config of the source connector
     * @return whether the copy was begun more than once since the last sweep, and has ended
     * @throws RuntimeException when it cannot be told in bounded time
     */
    boolean due(Config source);

    /**
     * Writes a delete for each key that the newest copy of its table did not find, behind everything else. The source must not run. It
     * takes as long as it takes to read the topics several times.
     *
     * @param goesOn asked again and again, and before anything is written; what it throws ends the sweep
     * @throws RuntimeException when it is not done; then all of it is to be done again
     */
    void sweep(Config source, Runnable goesOn);
}
