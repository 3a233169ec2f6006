package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who goes through a list page by page sees what he would see without it, with fewer looks. */
class ReadAheadTest {

    private static final int CONNECTORS = 40;
    private static final int SHOWN = 3;

    private final Fixture f = Fixture.withClusters();
    private final ReadAhead queries = new ReadAhead(f.log);

    @BeforeEach
    void create() {
        for (int i = 0; i < CONNECTORS; i++) {
            f.created(name(i));
        }
    }

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void pages_are_read_several_at_a_time_and_are_whole() {
        int before = f.log.lists();
        assertThat(walk(Reading.usual(), () -> {})).isEqualTo(names());
        int pages = (CONNECTORS + SHOWN - 1) / SHOWN;
        // The first two are looked at before anybody knows that someone goes on, and that nothing changes.
        int together = (pages - 2 + ReadAhead.PAGES - 1) / ReadAhead.PAGES;
        assertThat(f.log.lists() - before).isEqualTo(2 + together);
        assertThat(walk(Reading.usual(), () -> {})).as("once more").isEqualTo(names());
    }

    /** Whatever was read before by others must not keep out what is read now. */
    @Test
    void a_list_that_is_longer_than_what_is_kept_is_read_several_pages_at_a_time_all_the_same() {
        var small = new ReadAhead(f.log, 3 * ReadAhead.PAGES * (SHOWN + 1));
        int pages = (CONNECTORS + SHOWN - 1) / SHOWN;
        for (int i = 0; i < 5; i++) {
            int before = f.log.lists();
            assertThat(walk(small, Reading.usual(), () -> {})).isEqualTo(names());
            assertThat(f.log.lists() - before).isLessThan(pages / 2);
        }
    }

    @Test
    void what_changes_meanwhile_is_seen_on_the_next_page() {
        var seen = walk(Reading.usual(), () -> {});
        assertThat(seen).doesNotContain(name(20) + "a");
        f.created(name(20) + "a");
        f.observed(Fixture.LOCAL.connector(name(21)), RunState.FAILED);
        var page = queries.list(Fixture.LOCAL, page(name(19)), Reading.usual());
        assertThat(page)
                .extracting(state -> state.key().connector())
                .containsExactly(name(20), name(20) + "a", name(21), name(22));
        assertThat(page.get(2).status().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void where_the_connectors_keep_changing_each_page_is_read_by_itself() {
        int before = f.log.lists();
        var key = Fixture.LOCAL.connector(name(0));
        var states = new ArrayList<>(List.of(RunState.RUNNING, RunState.PAUSED));
        var seen = walk(Reading.usual(), () -> {
            f.observed(key, states.getFirst());
            states.add(states.removeFirst());
        });
        assertThat(seen).isEqualTo(names());
        assertThat(f.log.lists() - before).isEqualTo((CONNECTORS + SHOWN - 1) / SHOWN);
    }

    @Test
    void another_selection_and_another_size_are_other_pages() {
        walk(Reading.usual(), () -> {});
        var failed = new Selection(name(4), SHOWN + 1, Set.of(RunState.FAILED), "");
        assertThat(queries.list(Fixture.LOCAL, failed, Reading.usual())).isEmpty();
        var named = new Selection(name(4), SHOWN + 1, Set.of(), "3");
        assertThat(queries.list(Fixture.LOCAL, named, Reading.usual()))
                .isEqualTo(f.log.list(Fixture.LOCAL, named, Reading.usual()));
        var longer = new Selection(name(4), 11, Set.of(), "");
        assertThat(queries.list(Fixture.LOCAL, longer, Reading.usual())).hasSize(11);
    }

    @Test
    void who_wants_to_be_sure_is_not_given_what_was_read_ahead() {
        walk(Reading.usual(), () -> {});
        int before = f.log.lists();
        walk(Reading.fresh(true, Map.of()), () -> {});
        assertThat(f.log.lists() - before).isEqualTo((CONNECTORS + SHOWN - 1) / SHOWN);
    }

    private List<String> walk(Reading reading, Runnable between) {
        return walk(queries, reading, between);
    }

    private static List<String> walk(ReadAhead queries, Reading reading, Runnable between) {
        List<String> seen = new ArrayList<>();
        String after = null;
        while (true) {
            var page = queries.list(Fixture.LOCAL, page(after), reading);
            page.stream().limit(SHOWN).forEach(state -> seen.add(state.key().connector()));
            if (page.size() <= SHOWN) {
                return seen;
            }
            after = seen.getLast();
            between.run();
        }
    }

    private static Selection page(String after) {
        return new Selection(after, SHOWN + 1, Set.of(), "");
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < CONNECTORS; i++) {
            names.add(name(i));
        }
        return names;
    }

    private static String name(int number) {
        return "c%02d".formatted(number);
    }
}
