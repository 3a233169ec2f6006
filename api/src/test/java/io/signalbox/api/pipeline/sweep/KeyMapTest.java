package io.signalbox.api.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** It is a map. */
class KeyMapTest {

    @Test
    void it_does_what_a_map_does() {
        var random = new Random(7);
        var map = new KeyMap();
        Map<RowKey, Long> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // Many of them want the same slot.
            var key = new RowKey(random.nextInt(3), random.nextInt(4_000) % 1_500L << random.nextInt(2) * 20, 0);
            if (random.nextInt(5) < 3) {
                long place = random.nextLong(1L << 50);
                map.put(key, place);
                model.put(key, place);
            } else {
                map.remove(key);
                model.remove(key);
            }
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(map.get(key)).isEqualTo(model.getOrDefault(key, KeyMap.NONE));
        }
        model.forEach((key, place) -> assertThat(map.get(key)).isEqualTo(place));
        assertThat(Arrays.stream(map.places()).boxed().toList()).containsExactlyInAnyOrderElementsOf(model.values());
    }

    @Test
    void it_grows() {
        var map = new KeyMap();
        for (int i = 0; i < 100_000; i++) {
            map.put(new RowKey(i, i * 31L, 0), i);
        }
        assertThat(map.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(map.get(new RowKey(i, i * 31L, 0))).isEqualTo(i);
        }
    }
}
