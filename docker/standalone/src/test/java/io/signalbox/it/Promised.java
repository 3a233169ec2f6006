package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/**
 * Times that are promised. They hold on a machine that is ours alone; on one that others share, and that stands still for a second
 * now and then, only a multiple of them is a bug. {@code -Dpromise.room=1} wants them as they are promised.
 */
public final class Promised {

    private static final int ROOM = Integer.getInteger("promise.room", 8);

    private Promised() {}

    /** @throws AssertionError when it took longer, by far */
    public static void atMost(Duration promised, Duration took, String what) {
        assertThat(took)
                .as("%s: %d ms are promised, with room for %d times that", what, promised.toMillis(), ROOM)
                .isLessThanOrEqualTo(promised.multipliedBy(ROOM));
    }

    /**
     * Of what fails because it took too long.
     *
     * @param promised of 1
     * @throws AssertionError when it was more, by far
     */
    public static void shareAtMost(double promised, double share, String what) {
        assertThat(share)
                .as("%s: %s of all is promised, with room for %d times that", what, promised, ROOM)
                .isLessThanOrEqualTo(promised * ROOM);
    }

    /**
     * Of two figures of one run.
     *
     * @throws AssertionError when {@code greater} is more than so many per cent greater than {@code smaller}, by far
     */
    static void within(int percent, double greater, double smaller, String what) {
        assertThat(greater / smaller)
                .as("%s: %d %% are promised, with room for %d times that", what, percent, ROOM)
                .isLessThanOrEqualTo(1 + ROOM * percent / 100.0);
    }
}
