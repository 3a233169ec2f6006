package io.signalbox.api.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests are answered at once. More of them would only wait for each other and take memory, until nobody is
 * answered in time; who is turned away at once can ask another replica, or again.
 */
final class Crowd {

    private final int limit;
    private final AtomicInteger inside = new AtomicInteger();

    /** @param limit at least 1 */
    Crowd(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** @return whether there was room; then {@link #leave} has to follow */
    boolean enter() {
        if (inside.incrementAndGet() <= limit) {
            return true;
        }
        inside.decrementAndGet();
        return false;
    }

    void leave() {
        inside.decrementAndGet();
    }

    int inside() {
        return inside.get();
    }
}
