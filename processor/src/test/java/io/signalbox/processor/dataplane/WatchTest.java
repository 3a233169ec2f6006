package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.cluster;
import static io.signalbox.processor.dataplane.States.created;
import static io.signalbox.processor.dataplane.States.reconfigured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final List<String> owned = Collections.synchronizedList(new ArrayList<>());
    private final Kafka.Topic<ConnectorState> topic = Kafka.connectors(2);
    private final ConnectorWatch watch = new ConnectorWatch(topic, Kafka.CONNECTORS, new Told());
    private final ConsumerLoop<ConnectorState> loop = new ConsumerLoop<>("test-watch", topic, watch);

    private final ConnectorState first = created("a", TargetState.RUNNING);
    private final ConnectorState second = reconfigured(first, "2");

    @Test
    void only_the_latest_state_of_a_partition_is_told_once_it_is_wholly_read() {
        topic.setMaxPollRecords(1);
        topic.schedulePollTask(() -> {
            topic.rebalance(List.of(topic.partition(0)));
            topic.append(0, "default/local/a", first);
            topic.append(0, "default/local/b", created("b", TargetState.RUNNING));
            topic.append(0, "default/local/b", null);
            topic.append(0, "default/local/a", second);
        });
        loop.start();
        await().atMost(LONG).until(() -> told.contains("a 2"));
        append(0, created("c", TargetState.RUNNING));
        await().atMost(LONG).until(() -> told.contains("c 1"));
        loop.close();
        assertThat(told).containsExactly("a 2", "c 1");
        assertThat(owned).containsExactly("[0] of 2 after [a 2]");
    }

    @Test
    void a_revoked_partition_is_forgotten_and_the_others_stay() {
        assign(0, 1);
        append(0, first);
        append(1, created("b", TargetState.RUNNING));
        loop.start();
        await().atMost(LONG).until(() -> told.size() == 2);
        topic.schedulePollTask(() -> topic.rebalance(List.of(topic.partition(1))));
        await().atMost(LONG).until(() -> told.contains("a gone"));
        topic.schedulePollTask(() -> topic.append(1, "default/local/b", null));
        await().atMost(LONG).until(() -> told.contains("b gone"));
        loop.close();
        // It is no longer owned before what is in it is forgotten.
        assertThat(owned).last().asString().startsWith("[1] of 2 after").doesNotContain("a gone");
        assertThat(topic.closed()).isTrue();
    }

    @Test
    void a_rebalance_that_brings_nothing_new_has_nothing_read_again() {
        assign(0);
        append(0, first);
        loop.start();
        await().atMost(LONG).until(() -> told.contains("a 1"));
        assign(0);
        List<Long> positions = Collections.synchronizedList(new ArrayList<>());
        topic.schedulePollTask(() -> positions.add(topic.position(topic.partition(0))));
        await().atMost(LONG).until(() -> !positions.isEmpty());
        loop.close();
        assertThat(positions).containsExactly(1L);
        assertThat(told).containsExactly("a 1");
    }

    @Test
    void what_is_decided_again_after_an_aborted_transaction_is_no_news() {
        assign(0);
        append(0, first);
        loop.start();
        await().atMost(LONG).until(() -> told.contains("a 1"));
        append(0, second);
        await().atMost(LONG).until(() -> told.contains("a 2"));
        append(0, first);
        append(0, created("b", TargetState.RUNNING));
        await().atMost(LONG).until(() -> told.contains("b 1"));
        loop.close();
        assertThat(told).containsExactly("a 1", "a 2", "b 1");
    }

    @Test
    void so_is_what_led_to_a_removal_but_not_what_comes_later() {
        var partition = new WatchedPartition();
        assertThat(partition.apply(first.key(), first, 10)).isTrue();
        assertThat(partition.apply(first.key(), second, 20)).isTrue();
        assertThat(partition.apply(first.key(), null, 30)).isTrue();
        assertThat(partition.apply(first.key(), first, 10)).isFalse();
        assertThat(partition.apply(first.key(), second, 20)).isFalse();
        assertThat(partition.find(first.key())).isEmpty();
        assertThat(partition.apply(first.key(), null, 30)).isTrue();
        assertThat(partition.apply(first.key(), first, 10)).isFalse();
        // A name whose earlier life is forgotten begins at the first revision again.
        assertThat(partition.apply(first.key(), first, 40)).isTrue();
        assertThat(partition.keys()).containsExactly(first.key());
    }

    @Test
    void what_was_decided_here_is_told_before_it_is_in_the_topic_and_once() {
        assign(0);
        append(0, first);
        loop.start();
        await().atMost(LONG).until(() -> told.contains("a 1"));
        decided(0, second, 20);
        assertThat(told).containsExactly("a 1", "a 2");
        append(0, second);
        append(0, created("b", TargetState.RUNNING));
        await().atMost(LONG).until(() -> told.contains("b 1"));
        loop.close();
        assertThat(told).containsExactly("a 1", "a 2", "b 1");
    }

    @Test
    void what_was_decided_here_is_passed_over_where_others_look_after_it_or_nothing_was_read_yet() {
        watch.decided(0, first, 10);
        watch.takeDecided();
        topic.schedulePollTask(() -> {
            topic.rebalance(List.of(topic.partition(0)));
            // In the middle of the rebalance's poll: assigned, and not read.
            decided(0, second, 20);
        });
        append(0, created("b", TargetState.RUNNING));
        loop.start();
        await().atMost(LONG).until(() -> told.contains("b 1"));
        decided(1, first, 30);
        topic.schedulePollTask(() -> topic.rebalance(List.of()));
        await().atMost(LONG).until(() -> told.contains("b gone"));
        decided(0, second, 40);
        loop.close();
        assertThat(told).containsExactly("b 1", "b gone");
    }

    @Test
    void a_removal_that_was_decided_here_stays_one() {
        assign(0);
        append(0, first);
        loop.start();
        await().atMost(LONG).until(() -> told.contains("a 1"));
        decided(0, second, 20);
        decided(0, States.deleted(second), 30);
        assertThat(told).containsExactly("a 1", "a 2", "a gone");
        topic.schedulePollTask(() -> {
            topic.append(0, "default/local/a", second);
            topic.append(0, "default/local/a", null);
            topic.append(0, "default/local/b", created("b", TargetState.RUNNING));
        });
        await().atMost(LONG).until(() -> told.contains("b 1"));
        loop.close();
        assertThat(told).doesNotContainSequence("a gone", "a 2");
    }

    @Test
    void a_failing_broker_and_a_strange_key_stop_nothing() {
        assign(0);
        topic.schedulePollTask(() -> topic.setPollException(new KafkaException("away")));
        topic.schedulePollTask(() -> topic.append(0, "nonsense", first));
        append(0, first);
        loop.start();
        await().atMost(LONG).until(() -> told.contains("a 1"));
        loop.close();
    }

    @Test
    void the_directory_is_ready_once_read_and_follows_what_changes() {
        var other = new ClusterKey("default", "other");
        var clusters =
                Kafka.clusters(List.of(cluster(LOCAL, List.of("http://a")), cluster(other, List.of("http://b"))));
        try (var directory = new ClusterDirectory(clusters, Kafka.CLUSTERS)) {
            List<ClusterKey> changes = Collections.synchronizedList(new ArrayList<>());
            directory.listen(changes::add);
            assertThat(directory.ready()).isFalse();
            directory.start();
            await().atMost(LONG).until(directory::ready);
            await().atMost(LONG).until(() -> directory.list().size() == 2);
            clusters.schedulePollTask(() -> clusters.append(0, "default/other", null));
            await().atMost(LONG).until(() -> directory.find(other).isEmpty());
            var now = directory.find(LOCAL).orElseThrow();
            var forgotten = new ClusterState(LOCAL, now.spec(), false, 2, now.registeredAt(), now.updatedAt());
            clusters.schedulePollTask(() -> clusters.append(0, "default/local", forgotten));
            await().atMost(LONG).until(() -> directory.list().isEmpty());
            assertThat(changes).containsExactly(LOCAL, other, other, LOCAL);
        }
    }

    private void assign(int... partitions) {
        topic.schedulePollTask(() -> topic.rebalance(
                java.util.Arrays.stream(partitions).mapToObj(topic::partition).toList()));
    }

    private void decided(int partition, ConnectorState state, long at) {
        watch.decided(partition, state, at);
        watch.takeDecided();
    }

    private void append(int partition, ConnectorState state) {
        topic.schedulePollTask(() -> topic.append(partition, state.key().toString(), state));
    }

    private final class Told implements ConnectorWatch.Target {
        @Override
        public void changed(ConnectorState state) {
            told.add(state.key().connector() + " " + state.generation());
        }

        @Override
        public void gone(ConnectorKey key) {
            told.add(key.connector() + " gone");
        }

        @Override
        public void owned(Set<Integer> partitions, int of) {
            owned.add(new TreeSet<>(partitions) + " of " + of + " after " + told);
        }
    }
}
