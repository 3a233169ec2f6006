package io.signalbox.standalone.bench;

import java.io.PrintStream;
import java.util.Locale;

/** The rows as Markdown, each printed as soon as it is known. */
final class Table {

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
        out.println("| work | Kafka Connect's own REST | Signalbox | limit | Signalbox to Connect | to the limit |");
        out.println("|---|---|---|---|---|---|");
    }

    /** Where less is better: the ratio says how many times faster. */
    void latency(String work, Sample worker, Sample ours) {
        row(
                work,
                format("p50 %.1f ms, p99 %.1f ms, %.0f/s", worker.p50(), worker.p99(), worker.perSecond()),
                format("p50 %.1f ms, p99 %.1f ms, %.0f/s", ours.p50(), ours.p99(), ours.perSecond()),
                "",
                format("%.1f × faster (p50)", worker.p50() / ours.p50()),
                "");
    }

    /** Where there is nothing to compare with. */
    void latency(String work, Sample ours) {
        row(work, "", format("p50 %.1f ms, p99 %.1f ms, %.0f/s", ours.p50(), ours.p99(), ours.perSecond()), "", "", "");
    }

    /** Where more is better, and no limit is known. */
    void rate(String work, Sample worker, Sample ours) {
        row(work, rate(worker), rate(ours), "", format("%.1f × the rate", ours.perSecond() / worker.perSecond()), "");
    }

    /** Where more is better. */
    void rate(String work, Sample worker, Sample ours, Sample limit) {
        row(
                work,
                rate(worker),
                rate(ours),
                rate(limit),
                format("%.1f × the rate", ours.perSecond() / worker.perSecond()),
                format("%.0f %%", 100 * ours.perSecond() / limit.perSecond()));
    }

    void row(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    static String rate(Sample sample) {
        return format("%,.0f/s, p50 %.2f ms, p99 %.1f ms", sample.perSecond(), sample.p50(), sample.p99());
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
