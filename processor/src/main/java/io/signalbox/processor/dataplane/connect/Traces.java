package io.signalbox.processor.dataplane.connect;

/**
 * Keeps traces within what a record can carry. A worker sets no bound: with thousands of failed tasks the status of one
 * connector can be longer than any message that Kafka takes.
 *
 * @param longest how many characters of one trace are kept
 */
record Traces(int longest) {

    static final int LONGEST = 32 * 1024;
    static final int ALL = 1024 * 1024;

    /** @param count of the connector and its tasks, each of which may have a trace */
    static Traces of(int count) {
        return new Traces(Math.min(LONGEST, ALL / Math.max(1, count)));
    }

    /** @return null for null */
    String bounded(String trace) {
        if (trace == null || trace.length() <= longest) {
            return trace;
        }
        int end = Character.isHighSurrogate(trace.charAt(Math.max(0, longest - 1))) ? longest - 1 : longest;
        return trace.substring(0, Math.max(0, end)) + "\n… " + (trace.length() - end) + " more characters";
    }
}
