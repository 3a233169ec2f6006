package io.signalbox.api.http;

import java.util.concurrent.Semaphore;

/** The memory that the bodies which are being read may take, those of all requests together. */
final class BodyRoom {

    /** Counted as they come; while they grow and are parsed there are copies, so that it takes up to three times this. */
    private static final int BYTES = 48 * 1024 * 1024;

    static final BodyRoom SHARED = new BodyRoom(BYTES);

    private final Semaphore free;

    BodyRoom(int bytes) {
        free = new Semaphore(bytes);
    }

    /** What one body takes; it grows as the body comes, so that who sends slowly holds little. */
    final class Share implements AutoCloseable {

        private int taken;

        /** @throws Refusal 503 when there is none left */
        void grow(int bytes) {
            if (!free.tryAcquire(bytes)) {
                throw Refusal.unavailable("This replica reads as much as it can already. Try again in a moment");
            }
            taken += bytes;
        }

        @Override
        public void close() {
            free.release(taken);
            taken = 0;
        }
    }

    Share share() {
        return new Share();
    }
}
