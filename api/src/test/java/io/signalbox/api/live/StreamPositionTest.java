package io.signalbox.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamPositionTest {

    @Test
    void its_text_says_all_of_it_and_is_short() {
        var random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            int partitions = 1 + random.nextInt(64);
            var next =
                    random.longs(partitions, 0, 1L << (1 + random.nextInt(62))).toArray();
            var position = StreamPosition.of(next);
            assertThat(StreamPosition.parse(position.text(), partitions)).isEqualTo(position);
        }
        var usual = new long[12];
        java.util.Arrays.fill(usual, 1_000_000);
        assertThat(StreamPosition.of(usual).text()).hasSize(51).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void what_no_stream_gave_is_refused() {
        String good = StreamPosition.of(1, 2, 300).text();
        refused("");
        refused("!");
        refused("AAAA");
        refused(good + "A");
        refused(good + "=");
        refused(good.substring(1));
        refused(good.substring(0, good.length() - 1));
        refused(StreamPosition.of(1, 2).text());
        refused("A".repeat(100_000));
        // 3 as two bytes: the same number, but not the text that it has.
        refused(encoded(1, 3, 0x83, 0, 1, 1));
        refused(encoded(1, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1, 1));
        refused(encoded(2, 3, 1, 1, 1));
        assertThat(StreamPosition.parse(encoded(1, 3, 3, 1, 1), 3)).isEqualTo(StreamPosition.of(3, 1, 1));
    }

    @Test
    void one_covers_another_that_is_nowhere_ahead() {
        var position = StreamPosition.of(5, 3);
        assertThat(position.covers(StreamPosition.of(5, 2))).isTrue();
        assertThat(position.covers(StreamPosition.of(4, 4))).isFalse();
        assertThat(position.max(StreamPosition.of(4, 4))).isEqualTo(StreamPosition.of(5, 4));
        assertThat(position.after(1, 7)).isEqualTo(StreamPosition.of(5, 8));
        assertThat(position.after(1, 1)).isEqualTo(position);
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> StreamPosition.parse(text, 3)).as(text).isInstanceOf(IllegalArgumentException.class);
    }

    private static String encoded(int... bytes) {
        var all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }
}
