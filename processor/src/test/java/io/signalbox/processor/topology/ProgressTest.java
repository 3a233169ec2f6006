package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProgressTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Progress progress = new Progress();

    @Test
    void what_was_reached_is_not_waited_for() throws Exception {
        progress.reached(7);
        assertThat(progress.await(7, Duration.ZERO)).isTrue();
        assertThat(progress.await(8, Duration.ZERO)).isFalse();
    }

    @Test
    void it_never_goes_back() {
        progress.reached(7);
        progress.reached(3);
        assertThat(progress.next()).isEqualTo(7);
    }

    @Test
    void nobody_who_waits_is_forgotten() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int offset = 1; offset <= 2_000; offset++) {
                long wanted = offset;
                var waiting = threads.submit(() -> progress.await(wanted, LONG));
                progress.reached(offset);
                assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
