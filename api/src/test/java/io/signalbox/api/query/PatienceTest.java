package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void a_read_waits_for_what_is_moving() {
        var patience = new Patience(Duration.ofMinutes(1));
        String found = patience.read(() -> switch (reads.incrementAndGet()) {
            case 1 -> throw new StoreUnavailableException("no owner", null);
            case 2 -> throw new InvalidStateStoreException("closed meanwhile");
            default -> "found";
        });
        assertThat(found).isEqualTo("found");
        assertThat(reads).hasValue(3);
    }

    @Test
    void patience_ends_with_the_last_reason() {
        var patience = new Patience(Duration.ofMillis(200));
        assertThatThrownBy(() -> patience.read(() -> {
                    throw new StoreUnavailableException("read " + reads.incrementAndGet(), null);
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageMatching("read \\d+");
        assertThatThrownBy(() -> patience.read(() -> {
                    throw new InvalidStateStoreException("closed");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasRootCauseMessage("closed");
    }

    @Test
    void a_bug_is_not_waited_for() {
        var patience = new Patience(Duration.ofMinutes(1));
        assertThatThrownBy(() -> patience.read(() -> {
                    reads.incrementAndGet();
                    throw new IllegalArgumentException("bug");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(reads).hasValue(1);
    }
}
