package io.signalbox.standalone.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whole decades of numbers on a line of the drawing.
 *
 * @param from the power of ten at the begin
 * @param to the one at the end, greater
 * @param begin where the line begins
 * @param end where it ends
 */
record LogScale(int from, int to, double begin, double end) {

    /** What is smaller is drawn as this. */
    private static final double SMALLEST = 0.001;

    static LogScale over(Collection<Double> values, double begin, double end) {
        double least = values.stream().mapToDouble(LogScale::drawn).min().orElse(1);
        double most = values.stream().mapToDouble(LogScale::drawn).max().orElse(1);
        int from = (int) Math.floor(Math.log10(least));
        return new LogScale(from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))), begin, end);
    }

    double at(double value) {
        return begin + (Math.log10(drawn(value)) - from) / (to - from) * (end - begin);
    }

    /** The powers of ten. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int power = from; power <= to; power++) {
            marks.add(Math.pow(10, power));
        }
        return marks;
    }

    /** A mark as people write it. */
    static String label(double mark) {
        return mark >= 1 ? Text.format("%,.0f", mark) : Text.format("%." + Math.round(-Math.log10(mark)) + "f", mark);
    }

    private static double drawn(double value) {
        return Math.max(SMALLEST, value);
    }
}
