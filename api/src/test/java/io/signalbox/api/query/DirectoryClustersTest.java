package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.ClusterDirectory;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another replica was told is known here, too, and what nobody was told is not waited for. */
class DirectoryClustersTest {

    private static final String TOPIC = "clusters";
    private static final ClusterKey LOCAL = new ClusterKey("default", "local");

    private final MockConsumer<String, ClusterState> consumer = new MockConsumer<>("earliest");
    private final ClusterDirectory directory = new ClusterDirectory(consumer, TOPIC);
    private final AtomicLong end = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final Clusters clusters = new DirectoryClusters(directory, patience -> {
        asked.incrementAndGet();
        return end.get();
    });

    @BeforeEach
    void prepare() {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L));
        consumer.updateEndOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private void start() {
        directory.start();
        Awaitility.await().until(directory::ready);
    }

    private void registered() {
        var spec = new ClusterSpec(List.of("http://worker:8083"), null, null, ClusterSpec.Policies.DEFAULT);
        var state = new ClusterState(LOCAL, spec, true, 1, Instant.EPOCH, Instant.EPOCH);
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, LOCAL.toString(), state));
    }

    @Test
    void before_the_topic_was_read_nothing_is_said() {
        assertThatThrownBy(() -> clusters.find(LOCAL)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(clusters::list).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void what_is_in_the_topic_already_is_read_before_it_is_said_not_to_be_there() {
        start();
        end.set(1);
        // It comes while somebody waits for it.
        Thread.ofVirtual().start(() -> {
            Awaitility.await().until(() -> asked.get() == 1);
            consumer.schedulePollTask(this::registered);
        });
        assertThat(clusters.find(LOCAL)).isPresent();
        assertThat(clusters.find(LOCAL)).isPresent();
        assertThat(asked).as("what is known is not asked for").hasValue(1);
    }

    @Test
    void what_is_not_in_the_topic_is_not_there() {
        start();
        assertThat(clusters.find(LOCAL)).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void what_cannot_be_read_in_time_is_not_waited_for() {
        start();
        end.set(1);
        assertThat(directory.awaitRead(1, Duration.ofMillis(1))).isFalse();
        assertThat(clusters.find(LOCAL)).isEmpty();
    }
}
