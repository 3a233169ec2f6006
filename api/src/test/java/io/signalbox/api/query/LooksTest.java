package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.query.Looks.Position;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LooksTest {

    private static final int PARTITION = 7;

    private final Looks looks = new Looks();

    @Test
    void a_copy_that_just_begins_says_nothing_of_its_age_and_so_answers_nobody() {
        look(1, 0, 100);
        look(2, 60, 100);
        assertThat(looks.since(PARTITION)).isEmpty();
        assertThat(looks.know(Set.of(PARTITION))).isFalse();
        look(3, 99, 100);
        assertThat(looks.since(PARTITION)).hasValue(3);
        assertThat(looks.know(Set.of(PARTITION))).isTrue();
        assertThat(looks.know(Set.of(PARTITION, PARTITION + 1))).isFalse();
    }

    @Test
    void what_a_copy_lacks_is_younger_than_the_last_end_that_it_reached() {
        look(1, 100, 100);
        look(2, 120, 150);
        look(3, 150, 400);
        assertThat(looks.since(PARTITION)).hasValue(2);
    }

    @Test
    void a_copy_that_stands_still_grows_older_and_is_not_forgotten() {
        look(1, 100, 100);
        for (int i = 2; i < 1_000; i++) {
            look(i, 100, 100 + 2 * i);
        }
        assertThat(looks.since(PARTITION)).hasValue(1);
    }

    @Test
    void a_copy_that_was_lost_and_begins_again_is_none() {
        look(1, 100, 100);
        look(2, 10, 110);
        assertThat(looks.since(PARTITION)).isEmpty();
    }

    @Test
    void an_owner_that_goes_on_as_a_copy_is_whole_though_its_last_writes_are_not_committed() {
        look(1, 1_000, 1_000);
        look(2, 985, 1_040);
        assertThat(looks.since(PARTITION)).hasValue(1);
    }

    @Test
    void a_copy_that_went_away_and_came_back_empty_is_none() {
        look(1, 100, 100);
        looks.add(2, Map.of());
        look(3, 0, 100);
        assertThat(looks.since(PARTITION)).isEmpty();
    }

    @Test
    void a_copy_that_is_not_seen_while_it_becomes_an_owner_or_a_copy_again_is_what_it_was() {
        look(1, 100, 100);
        looks.add(2, Map.of());
        assertThat(looks.since(PARTITION)).hasValue(1);
        look(3, 98, 120);
        assertThat(looks.since(PARTITION)).hasValue(1);
    }

    @Test
    void a_copy_of_nothing_is_complete() {
        look(1, 0, 0);
        assertThat(looks.since(PARTITION)).hasValue(1);
    }

    @Test
    void all_stores_have_to_be_complete() {
        for (String behind : Looks.STORES) {
            looks.add(
                    1,
                    Looks.STORES.stream()
                            .collect(Collectors.toMap(
                                    store -> store, store -> store.equals(behind) ? at(0, 5) : at(5, 5))));
            assertThat(looks.since(PARTITION)).isEmpty();
        }
    }

    private void look(long nanos, long current, long end) {
        looks.add(nanos, Looks.STORES.stream().collect(Collectors.toMap(store -> store, store -> at(current, end))));
    }

    private static Map<Integer, Position> at(long current, long end) {
        return Map.of(PARTITION, new Position(current, end));
    }
}
