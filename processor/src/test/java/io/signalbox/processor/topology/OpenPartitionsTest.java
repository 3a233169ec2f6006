package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenPartitionsTest {

    private static final int PARTITION = 0;

    @TempDir
    Path directory;

    @Test
    void the_stores_of_a_task_are_found_as_long_as_they_are_open() {
        OpenPartitions open;
        try (var bench = new TopologyBench(directory)) {
            open = bench.open;
            assertThat(open.stores(PARTITION).connectors().get("nobody")).isNull();
            assertThat(open.incarnations())
                    .isEqualTo(Map.of(PARTITION, open.incarnation(PARTITION).orElseThrow()));
        }
        assertThatThrownBy(() -> open.stores(PARTITION))
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessage("The store connectors of partition 0 is not open here");
        assertThat(open.incarnations()).isEmpty();
    }

    @Test
    void a_store_that_was_found_and_closed_says_so() {
        PartitionStores found;
        try (var bench = new TopologyBench(directory)) {
            found = bench.open.stores(PARTITION);
        }
        assertThatThrownBy(() -> found.connectors().get("nobody")).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void what_is_opened_again_is_another_incarnation() {
        Object first;
        try (var bench = new TopologyBench(directory)) {
            first = bench.open.incarnation(PARTITION).orElseThrow();
        }
        try (var bench = new TopologyBench(directory)) {
            assertThat(bench.open.incarnation(PARTITION).orElseThrow()).isNotSameAs(first);
        }
    }

    /** A method with a default that is not passed on would be another store's. */
    @Test
    void a_tracked_store_passes_on_every_method_there_is() {
        assertThat(Arrays.stream(KeyValueStore.class.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers())))
                .allSatisfy(method -> assertThat(TrackedStore.class
                                .getMethod(method.getName(), method.getParameterTypes())
                                .getDeclaringClass())
                        .isEqualTo(TrackedStore.class));
    }
}
