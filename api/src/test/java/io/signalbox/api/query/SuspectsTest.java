package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class SuspectsTest {

    private static final HostInfo ONE = new HostInfo("127.0.0.1", 1);
    private static final HostInfo OTHER = new HostInfo("127.0.0.1", 2);

    private final AtomicLong now = new AtomicLong(5);
    private final Suspects suspects = new Suspects(now::get);

    @Test
    void a_silent_replica_is_doubted_for_a_while() {
        suspects.silent(ONE);

        assertThat(suspects.doubted(ONE)).isTrue();
        assertThat(suspects.doubted(OTHER)).isFalse();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(suspects.doubted(ONE)).as("asked again then").isFalse();
    }

    @Test
    void an_answer_clears_it() {
        suspects.silent(ONE);
        suspects.answered(ONE);

        assertThat(suspects.doubted(ONE)).isFalse();
    }
}
