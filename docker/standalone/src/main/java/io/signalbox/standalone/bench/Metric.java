package io.signalbox.standalone.bench;

/** What a number says, under which name it is kept, and how it is shown. */
enum Metric {
    PER_SECOND("per_second", true, "%s/s"),
    P50("p50_ms", false, "p50 %s ms"),
    P99("p99_ms", false, "p99 %s ms"),
    /** Of requests that come at a fixed rate, each from when it was due. */
    PACED_P50("paced_p50_ms", false, "paced p50 %s ms"),
    PACED_P99("paced_p99_ms", false, "paced p99 %s ms"),
    READY_SECONDS("ready_seconds", false, "ready %s s"),
    SECONDS("seconds", false, "%s s"),
    LONGEST("longest_read_ms", false, "longest read %s ms"),
    FAILED("failed_reads", false, "%s reads failed"),
    MEGABYTES("megabytes", false, "%s MB"),
    KILOBYTES_EACH("kilobytes_each", false, "%s kB each"),
    CPU_PERCENT("percent_of_a_core", false, "%s %% of a core");

    private final String key;
    private final boolean moreIsBetter;
    private final String pattern;

    Metric(String key, boolean moreIsBetter, String pattern) {
        this.key = key;
        this.moreIsBetter = moreIsBetter;
        this.pattern = pattern;
    }

    /** The name in JSON; the unit is its end. */
    String key() {
        return key;
    }

    boolean moreIsBetter() {
        return moreIsBetter;
    }

    String text(double value) {
        return pattern.formatted(number(value));
    }

    /** Three digits that count, or all before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        String digits = size < 9.995 ? "%,.2f" : size < 99.95 ? "%,.1f" : "%,.0f";
        return Text.format(digits, value);
    }
}
