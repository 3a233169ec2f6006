package io.signalbox.standalone.bench;

import org.HdrHistogram.Histogram;

/**
 * What one run gave.
 *
 * @param perSecond requests a second
 * @param p50 in milliseconds
 * @param p99 in milliseconds
 */
record Sample(double perSecond, double p50, double p99) {

    /** @param histogram of microseconds */
    static Sample of(Histogram histogram, double perSecond) {
        return new Sample(
                perSecond, histogram.getValueAtPercentile(50) / 1e3, histogram.getValueAtPercentile(99) / 1e3);
    }
}
