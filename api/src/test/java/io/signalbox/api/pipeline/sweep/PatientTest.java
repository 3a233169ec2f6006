package io.signalbox.api.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Reading up to an end, again and again. */
class PatientTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> seen = new ArrayList<>();

    private void read(Runnable goesOn, long end) {
        new Patient(consumer, goesOn, Duration.ofSeconds(3), nanos::get)
                .read(Map.of(PARTITION, 0L), Map.of(PARTITION, end), record -> seen.add(record.offset()));
    }

    private void there(int count) {
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < count; i++) {
                consumer.addRecord(new ConsumerRecord<>("t", 0, i, null, new byte[0]));
            }
        });
    }

    @Test
    void what_was_read_is_read_again() {
        there(2);
        read(() -> {}, 2);
        there(2);
        read(() -> {}, 2);
        assertThat(seen).containsExactly(0L, 1L, 0L, 1L);
    }

    @Test
    void what_is_behind_the_end_is_not_told() {
        there(3);
        read(() -> {}, 2);
        assertThat(seen).containsExactly(0L, 1L);
    }

    @Test
    void nothing_for_too_long_is_a_failure() {
        assertThatThrownBy(() -> read(() -> nanos.addAndGet(1_000_000_000), 1)).hasMessageContaining("t-0");
    }

    @Test
    void whoever_says_that_it_is_over_ends_it() {
        assertThatThrownBy(() -> read(
                        () -> {
                            throw new IllegalStateException("over");
                        },
                        1))
                .hasMessage("over");
        assertThat(seen).isEmpty();
    }
}
