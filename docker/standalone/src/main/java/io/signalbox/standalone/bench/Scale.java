package io.signalbox.standalone.bench;

/**
 * How much is done of everything.
 *
 * @param quick a tenth, to see that it works
 */
record Scale(boolean quick) {

    private static final int PART = 10;
    private static final double SHORTEST = 0.3;

    double seconds(double full) {
        return quick ? Math.max(SHORTEST, full / PART) : full;
    }

    /** One at least. */
    int count(int full) {
        return quick ? Math.max(1, full / PART) : full;
    }
}
