package io.signalbox.it;

import java.time.Duration;
import org.awaitility.Awaitility;

/** For what happens within a minute and is looked at from outside. */
final class Eventually {

    private Eventually() {}

    static void holds(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(assertion::run);
    }
}
