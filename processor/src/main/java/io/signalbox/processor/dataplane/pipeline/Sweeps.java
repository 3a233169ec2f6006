package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.Config;

/**
 * What becomes of rows that an earlier copy put into the topics of a pipeline, and that were gone at the source when the copy was begun
 * once more: nobody tells the target that they are gone, but for a sweep (docs/adr/0019). Each call may be made again.
 */
public interface Sweeps {

    /**
     * What a source told of its copies.
     *
     * @param due whether the copy was begun more than once since the last sweep, and has ended
     * @param forgotten by what it told that it has nothing to copy, although the copy that it had begun never ended; another one each
     *     time, null for none
     */
    record Story(boolean due, String forgotten) {}

    /**
     * @param source the config of the source connector
     * @throws RuntimeException when it cannot be told in bounded time
     */
    Story told(Config source);

    /**
     * Writes a delete for each key that the newest copy of its table did not find, behind everything else. The source must not run. It
     * takes as long as it takes to read the topics several times.
     *
     * @param goesOn asked again and again, and before anything is written; what it throws ends the sweep
     * @throws RuntimeException when it is not done; then all of it is to be done again
     */
    void sweep(Config source, Runnable goesOn);
}
