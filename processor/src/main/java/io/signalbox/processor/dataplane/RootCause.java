package io.signalbox.processor.dataplane;

/** The line of a stack trace that says what is really wrong: the deepest {@code Caused by:}, or the first line where there is none. */
public final class RootCause {

    static final int LONGEST = 500;
    private static final String CAUSE = "Caused by: ";

    private RootCause() {}

    /** @return null for no trace; what was suppressed on the way, which is indented, is no cause */
    public static String of(String trace) {
        if (trace == null || trace.isBlank()) {
            return null;
        }
        String found = null;
        for (int at = 0; at >= 0 && at < trace.length(); ) {
            int end = trace.indexOf('\n', at);
            String line = trace.substring(at, end < 0 ? trace.length() : end);
            if (line.startsWith(CAUSE)) {
                found = line.substring(CAUSE.length());
            } else if (!line.isBlank() && (found == null || found.endsWith(":"))) {
                // A line that announces others says nothing without the next one.
                found = found == null ? line : found + " " + line.strip();
            }
            at = end < 0 ? -1 : end + 1;
        }
        String line = found.strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
