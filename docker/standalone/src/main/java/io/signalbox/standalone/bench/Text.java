package io.signalbox.standalone.bench;

import java.util.Locale;

/** Numbers as they are printed, wherever the machine stands. */
final class Text {

    private Text() {}

    static String rate(Sample sample) {
        return format("%,.0f/s, p50 %.2f ms, p99 %.1f ms", sample.perSecond(), sample.p50(), sample.p99());
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
