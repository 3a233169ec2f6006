package io.signalbox.processor.model;

import java.util.List;

/** One number from which several choices are drawn, one after another; zero takes the first each time. */
final class Choice {

    private long left;

    Choice(long number) {
        left = number;
    }

    /** @return 0 to n - 1 */
    int below(int n) {
        int chosen = (int) (left % n);
        left /= n;
        return chosen;
    }

    /** Once in n, and never for zero. */
    boolean rarely(int n) {
        return below(n) == n - 1;
    }

    @SafeVarargs
    final <T> T of(T... all) {
        return all[below(all.length)];
    }

    <T> T of(List<T> all) {
        return all.get(below(all.size()));
    }
}
