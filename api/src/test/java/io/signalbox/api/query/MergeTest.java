package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.TargetState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final ClusterKey CLUSTER = new ClusterKey("e", "c");

    /** In the order of their UTF-8 bytes; as strings, the last two stand the other way round. */
    private static final List<String> ORDERED = List.of("A", "a", "a-b", "ab", "é", "\uE000", "\uFFFD", "\uD83D\uDE00");

    @Test
    void keys_are_compared_as_their_bytes() {
        for (String a : ORDERED) {
            for (String b : ORDERED) {
                int bytes =
                        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(KeyOrder.INSTANCE.compare(a, b)))
                        .as("%s and %s", a, b)
                        .isEqualTo(Integer.signum(bytes));
            }
        }
    }

    @Test
    void partitions_become_one_list_in_order() {
        assertThat(names(Selection.ALL, ORDERED.subList(0, 3), List.of(), ORDERED.subList(3, 8)))
                .isEqualTo(ORDERED);
        assertThat(names(Selection.ALL, List.of("b", "d"), List.of("a", "c", "e")))
                .containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void no_more_is_read_than_the_limit_needs() {
        var left = new Counting(List.of("a", "c", "e", "g"));
        var right = new Counting(List.of("b", "d", "f", "h"));
        var merged = Merge.of(List.of(left, right), new Selection(null, 3, Set.of(), ""));
        assertThat(merged).extracting(state -> state.key().connector()).containsExactly("a", "b", "c");
        assertThat(left.taken + right.taken).isEqualTo(3);
        assertThat(left.closed && right.closed).isTrue();
    }

    @Test
    void what_is_on_its_way_out_is_not_listed() {
        var gone = Cursor.over(List.of(state("a", Phase.DELETING), state("b", Phase.DELETED), state("c", Phase.ACTIVE))
                .iterator());
        assertThat(Merge.of(List.of(gone), Selection.ALL))
                .extracting(state -> state.key().connector())
                .containsExactly("c");
    }

    @SafeVarargs
    private static List<String> names(Selection selection, List<String>... partitions) {
        List<Cursor> cursors = new ArrayList<>();
        for (List<String> partition : partitions) {
            cursors.add(new Counting(partition));
        }
        return Merge.of(cursors, selection).stream()
                .map(state -> state.key().connector())
                .toList();
    }

    private static ConnectorState state(String name, Phase phase) {
        return new ConnectorState(
                CLUSTER.connector(name),
                "uid",
                phase,
                TargetState.RUNNING,
                Config.of(Map.of()),
                1,
                ConnectorType.SOURCE,
                true,
                1,
                1,
                1,
                null,
                List.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }

    private static final class Counting implements Cursor {

        private final Cursor cursor;
        private int taken;
        private boolean closed;

        Counting(List<String> names) {
            cursor = Cursor.over(
                    names.stream().map(name -> state(name, Phase.ACTIVE)).iterator());
        }

        @Override
        public String peek() {
            return cursor.peek();
        }

        @Override
        public ConnectorState next() {
            taken++;
            return cursor.next();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
