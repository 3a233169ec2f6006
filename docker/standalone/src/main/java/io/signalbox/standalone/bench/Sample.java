package io.signalbox.standalone.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one run gave.
 *
 * @param perSecond requests a second
 * @param p50 in milliseconds
 * @param p99 in milliseconds
 * @param curve more of the same distribution; empty where only the two are known
 */
record Sample(double perSecond, double p50, double p99, List<Point> curve) {

    private static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 99, 99.9, 100};

    Sample(double perSecond, double p50, double p99) {
        this(perSecond, p50, p99, List.of());
    }

    /** @param histogram of microseconds */
    static Sample of(Histogram histogram, double perSecond) {
        List<Point> curve = java.util.Arrays.stream(PERCENTILES)
                .mapToObj(percentile -> new Point(percentile, ms(histogram, percentile)))
                .toList();
        return new Sample(perSecond, ms(histogram, 50), ms(histogram, 99), curve);
    }

    private static double ms(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
