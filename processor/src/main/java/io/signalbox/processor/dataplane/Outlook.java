package io.signalbox.processor.dataplane;

/**
 * What the reconciler is about with one connector at this moment, and what comes next. Known only where the connector is looked
 * after. Times are distances from this moment, in milliseconds.
 *
 * @param failures attempts that failed in a row
 * @param nextInMs when it acts or looks by itself; null when it does not wait for a time
 * @param longestMs the longest that it lets pass between two attempts of this kind; null when it does not wait for a time
 * @param problem why the last attempt failed; null when it did not
 * @param answering whether the cluster answers
 * @param answeringForMs how long this has been so; null when it was always so
 * @param clusterProblem why it does not; null when it does
 * @param lookInMs when the cluster is looked at again; null when nobody looks at it
 */
public record Outlook(
        Doing doing,
        int failures,
        Long nextInMs,
        Long longestMs,
        Problem problem,
        Answering answering,
        Long answeringForMs,
        Problem clusterProblem,
        Long lookInMs) {

    public enum Doing {
        /** Nothing is left to do; every look at the cluster is compared with what is desired. */
        RESTING,
        /** At work just now. */
        WORKING,
        /** The last attempt failed: again at a time. */
        RETRYING,
        /** The cluster turned it down: again at a time, but slowly. */
        REFUSED,
        /** All is done; waits until the log says so. */
        CHECKING,
        /** Waits for a cluster that is away or not registered. */
        WAITING
    }

    public enum Answering {
        WELL,
        /** It can be reached, but its connectors cannot be listed. */
        TROUBLED,
        AWAY
    }

    /**
     * What a worker said, or why none did.
     *
     * @param status the HTTP status; 0 when there was no answer
     * @param worker {@code host:port}; null when none answered
     * @param message the worker's words, bounded
     */
    public record Problem(DriverException.Kind kind, int status, String worker, String message) {

        private static final int LONGEST = 4_000;

        static Problem of(DriverException failure) {
            if (failure == null) {
                return null;
            }
            String message = String.valueOf(failure.getMessage());
            return new Problem(
                    failure.kind(),
                    failure.status(),
                    failure.worker(),
                    message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
        }
    }
}
