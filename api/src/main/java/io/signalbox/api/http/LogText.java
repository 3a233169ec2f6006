package io.signalbox.api.http;

/** Text from outside, made safe for a log line: it cannot begin a new one, nor end a quoted value. */
final class LogText {

    private static final int LONGEST = 2000;

    private LogText() {}

    /** @param text null is shown as {@code -} */
    static void escape(StringBuilder line, String text) {
        if (text == null) {
            line.append('-');
            return;
        }
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                line.append(c);
            } else {
                line.append("\\u").append(String.format("%04x", (int) c));
            }
        }
        if (end < text.length()) {
            line.append('…');
        }
    }

    /** Milliseconds with three decimals. */
    static void millis(StringBuilder line, long nanos) {
        long micros = nanos / 1000;
        long fraction = micros % 1000;
        line.append(micros / 1000).append('.');
        if (fraction < 100) {
            line.append('0');
        }
        if (fraction < 10) {
            line.append('0');
        }
        line.append(fraction);
    }
}
