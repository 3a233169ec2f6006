package io.signalbox.api.query;

import static io.signalbox.processor.dataplane.FakeAnswer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.ClusterDirectory;
import io.signalbox.processor.dataplane.DriverRegistry;
import io.signalbox.processor.dataplane.FakeAnswer;
import io.signalbox.processor.dataplane.FakeWorker;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.dataplane.connect.ConnectDrivers;
import io.signalbox.processor.dataplane.connect.Limits;
import io.signalbox.processor.dataplane.connect.WorkerTls;
import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.dataplane.feed.KeptOffsets;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No 409 of a worker, and no 5xx of one that is busy, gets past here. */
class DriverDataPlaneTest {

    private static final ClusterKey LOCAL = new ClusterKey("default", "local");
    private static final String CLUSTERS = "clusters";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final FakeWorker worker = new FakeWorker();
    private final ConnectDrivers drivers = new ConnectDrivers(Limits.DEFAULT, WorkerTls.DEFAULT, AllowedWorkers.ANY);
    private ClusterDirectory directory;
    private DataPlane dataPlane;

    @BeforeEach
    void register() {
        directory = new ClusterDirectory(registered(), CLUSTERS);
        directory.start();
        Awaitility.await().until(() -> directory.find(LOCAL).isPresent());
        dataPlane = new DriverDataPlane(
                new DriverRegistry(directory, drivers), new KeptOffsets(Feeds.NONE, cluster -> false));
        worker.put("c", Map.of("name", "c"), "RUNNING");
    }

    private MockConsumer<String, ClusterState> registered() {
        var spec = new ClusterSpec(List.of(worker.url()), null, null, ClusterSpec.Policies.DEFAULT);
        var state = new ClusterState(LOCAL, spec, true, 1, Instant.EPOCH, Instant.EPOCH);
        var partition = new TopicPartition(CLUSTERS, 0);
        var consumer = new MockConsumer<String, ClusterState>("earliest");
        consumer.updatePartitions(CLUSTERS, List.of(new PartitionInfo(CLUSTERS, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 1L));
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(CLUSTERS, 0, 0, LOCAL.toString(), state)));
        return consumer;
    }

    @AfterEach
    void close() {
        directory.close();
        drivers.close();
        worker.close();
    }

    private void ask(String what, Duration patience) {
        switch (what) {
            case "info" -> dataPlane.info(LOCAL, patience);
            case "plugins" -> dataPlane.plugins(LOCAL, true, patience);
            case "validate" -> dataPlane.validate(LOCAL, "X", Map.of(), patience);
            case "tasks" -> dataPlane.tasks(LOCAL.connector("c"), patience);
            default -> dataPlane.offsets(LOCAL.connector("c"), patience);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "plugins", "validate", "tasks", "offsets"})
    void a_rebalance_is_waited_out(String what) {
        var left = new AtomicInteger(3);
        worker.lie((method, path) -> left.getAndDecrement() > 0 ? error(409, "rebalance") : null);
        ask(what, LONG);
        assertThat(worker.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "plugins", "validate", "tasks", "offsets"})
    void one_that_does_not_end_is_away(String what) {
        worker.lie((method, path) -> error(409, "rebalance"));
        assertThatThrownBy(() -> ask(what, SHORT)).isInstanceOf(DataPlane.AwayException.class);
        assertThat(worker.requests()).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500,Request timed out. The worker is currently polling",
        "500,Worker is shutting down",
        "500,Request cannot be completed because a rebalance is expected",
        "500,IO Error trying to forward REST request: gone",
        "503,starting",
        "502,bad gateway"
    })
    void a_5xx_that_is_not_about_the_request_is_waited_out(int status, String message) {
        var left = new AtomicInteger(1);
        worker.lie((method, path) -> left.getAndDecrement() > 0 ? error(status, message) : null);
        ask("tasks", LONG);
        assertThat(worker.requests()).hasSize(2);
    }

    @Test
    void a_worker_that_hangs_costs_the_patience_and_no_more() {
        worker.lie((method, path) -> FakeAnswer.never());
        long began = System.nanoTime();
        assertThatThrownBy(() -> ask("tasks", SHORT)).isInstanceOf(DataPlane.AwayException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void what_is_about_the_request_is_passed_on_at_once() {
        worker.lie((method, path) -> error(500, "Failed to find any class"));
        assertThat(dataPlane.validate(LOCAL, "X", Map.of(), LONG).status()).isEqualTo(500);
        assertThat(worker.requests()).hasSize(1);
    }

    @Test
    void an_unknown_connector_has_no_offsets() {
        assertThat(dataPlane.offsets(LOCAL.connector("d"), LONG)).isEmpty();
        assertThat(dataPlane.offsets(LOCAL.connector("c"), LONG)).isPresent();
    }
}
