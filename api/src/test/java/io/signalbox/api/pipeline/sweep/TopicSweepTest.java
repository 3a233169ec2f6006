package io.signalbox.api.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a sweep a topic has the rows that the source has, however often the copy was begun. */
class TopicSweepTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final MemoryTopic topic = new MemoryTopic(1);
    private final CopyStory found = Told.story(Told.begun(), Told.begun(), Told.scanned(Events.TABLE, 1), Told.ended());

    private static TopicSweep sweep(MemoryTopic topic, CopyStory story, boolean schemas, int most) {
        return new TopicSweep(
                topic, new Envelope(Events.source(schemas)), story, Set.of(Events.TABLE), false, most, () -> NOW);
    }

    private long sweep() {
        return sweep(found);
    }

    private long sweep(CopyStory story) {
        var sweep = sweep(topic, story, true, 10);
        sweep.run();
        return sweep.written();
    }

    private void put(String op, long id, String snapshot, long lsn) {
        topic.append(id, Events.key(id, true), Events.event(op, id, "row " + lsn, snapshot, lsn, true));
    }

    @Test
    void what_only_an_older_copy_found_is_deleted() {
        put("r", 1, "first", 100);
        put("r", 2, "true", 100);
        put("r", 1, "first", 200);
        put("r", 3, "last", 200);
        assertThat(sweep()).isEqualTo(1);
        assertThat(topic.rows(true)).containsOnlyKeys("1", "3");
        var deleted = topic.all().getLast();
        assertThat(deleted.key()).isEqualTo(Events.key(2, true));
        var event = Parsed.json(deleted.value());
        assertThat(event.path("schema"))
                .isEqualTo(Parsed.json(topic.all().getFirst().value()).path("schema"));
        assertThat(event.path("payload").path("op").asText()).isEqualTo("d");
        assertThat(event.path("payload").path("before").path("id").asInt()).isEqualTo(2);
        assertThat(event.path("payload").path("after").isNull()).isTrue();
        assertThat(event.path("payload").path("ts_ms").asLong()).isEqualTo(NOW.toEpochMilli());
        assertThat(event.path("payload").path("source").path("snapshot").asText())
                .isEqualTo("false");
        assertThat(sweep()).as("once more").isZero();
    }

    @Test
    void what_changed_after_the_newest_copy_stays() {
        put("r", 1, "first", 100);
        put("r", 2, "true", 100);
        put("r", 3, "true", 100);
        put("r", 9, "first", 200);
        put("c", 1, "false", 210);
        put("u", 2, "false", 220);
        put("r", 3, "incremental", 230);
        assertThat(sweep()).isZero();
    }

    @Test
    void what_changed_before_the_newest_copy_and_was_not_found_by_it_goes() {
        put("r", 1, "first", 100);
        put("r", 2, "last", 100);
        put("u", 1, "false", 110);
        put("c", 4, "false", 120);
        put("d", 2, "false", 130);
        put("r", 5, "first", 200);
        assertThat(sweep()).isEqualTo(2);
        assertThat(topic.rows(true)).containsOnlyKeys("5");
    }

    @Test
    void where_the_newest_copy_found_nothing_all_that_was_copied_goes() {
        put("r", 1, "first", 100);
        put("r", 2, "true", 100);
        put("c", 3, "false", 210);
        put("r", 2, "incremental", 220);
        var none = Told.story(Told.begun(), Told.begun(), Told.scanned(Events.TABLE, 0), Told.ended());
        assertThat(sweep(none)).isEqualTo(1);
        assertThat(topic.rows(true)).containsOnlyKeys("2", "3");
    }

    @Test
    void keys_of_other_columns_are_left_alone() {
        topic.append(1, Events.key(1, "int32", true), Events.event("r", 1, "a", "first", 100, true));
        topic.append(2, Events.key(2, "int32", true), Events.event("r", 2, "a", "true", 100, true));
        topic.append(1, Events.key(1, "int64", true), Events.event("r", 1, "a", "first", 200, true));
        var sweep = sweep(topic, found, true, 10);
        sweep.run();
        assertThat(sweep.written()).isZero();
        assertThat(sweep.leftOut()).isEqualTo(1);
    }

    @Test
    void what_others_wrote_is_neither_read_nor_deleted() {
        put("r", 1, "first", 100);
        put("r", 2, "first", 200);
        byte[] theirs = new String(
                        Events.event("c", 1, "x", "false", 300, true), java.nio.charset.StandardCharsets.UTF_8)
                .replace("sm.orders\"", "sm.other\"")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        topic.append(7, Events.key(7, true), theirs);
        topic.append(7, Events.key(7, true), Events.bytes("no json"));
        topic.append(7, null, Events.bytes("{}"));
        topic.append(7, Events.key(7, true), null);
        assertThat(sweep()).isEqualTo(1);
        assertThat(topic.all().getLast().key()).isEqualTo(Events.key(1, true));
    }

    @Test
    void a_key_that_cannot_be_read_ends_the_sweep() {
        put("r", 1, "first", 100);
        topic.append(2, Events.bytes("{"), Events.event("r", 2, "a", "first", 200, true));
        assertThatThrownBy(this::sweep).hasMessageContaining("t-0@1");
    }

    @Test
    void a_tombstone_follows_where_they_are_wanted() {
        put("r", 1, "first", 100);
        put("r", 2, "first", 200);
        var sweep = new TopicSweep(
                topic, new Envelope(Events.source(true)), found, Set.of(Events.TABLE), true, 10, () -> NOW);
        sweep.run();
        assertThat(sweep.written()).isEqualTo(1);
        assertThat(topic.all().getLast().value()).isNull();
        assertThat(topic.all().getLast().key()).isEqualTo(Events.key(1, true));
    }

    /** Copies that are broken off anywhere, with changes in between that nobody tells of. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_rows_are_those_of_the_source(boolean schemas) {
        for (int seed = 0; seed < 150; seed++) {
            var random = new Random(seed);
            var source = new History(random, new MemoryTopic(1 + random.nextInt(3)), schemas);
            source.happen();
            // Sometimes it is killed in the middle, and begins anew.
            source.topic.life = random.nextInt(4) == 0 ? random.nextInt(3) : Integer.MAX_VALUE;
            int most = 8 + random.nextInt(60);
            if (source.topic.life < Integer.MAX_VALUE) {
                try {
                    sweep(source.topic, source.story(), schemas, most).run();
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessage("killed");
                    source.topic.flush();
                }
                source.topic.life = Integer.MAX_VALUE;
            }
            sweep(source.topic, source.story(), schemas, most).run();
            assertThat(source.topic.rows(schemas)).as("seed " + seed).isEqualTo(source.rows);
            var again = sweep(source.topic, source.story(), schemas, most);
            again.run();
            assertThat(again.written()).as("once more, seed " + seed).isZero();
        }
    }

    /** A source that copies, several times, and follows its changes from the last copy on. */
    private static final class History {

        private static final int IDS = 40;

        private final Random random;
        private final MemoryTopic topic;
        private final boolean schemas;
        private final Map<String, String> rows = new TreeMap<>();
        private final List<String> told = new ArrayList<>();
        private long lsn = 100;

        History(Random random, MemoryTopic topic, boolean schemas) {
            this.random = random;
            this.topic = topic;
            this.schemas = schemas;
        }

        CopyStory story() {
            return Told.story(told);
        }

        void happen() {
            change(30, false);
            for (int attempts = random.nextInt(4); attempts > 0; attempts--) {
                copy(random.nextInt(rows.size() + 1));
                change(random.nextInt(15), false);
            }
            copy(Integer.MAX_VALUE);
            change(random.nextInt(15), true);
        }

        /** @param most after so many rows it is broken off */
        private void copy(int most) {
            lsn += 10;
            told.add(Told.begun());
            told.add(Told.underWay(Events.TABLE));
            int copied = 0;
            for (var row : rows.entrySet()) {
                if (copied == most) {
                    return;
                }
                write("r", Long.parseLong(row.getKey()), row.getValue(), copied == 0 ? "first" : "true");
                copied++;
            }
            if (most == Integer.MAX_VALUE) {
                told.add(Told.scanned(Events.TABLE, rows.size()));
                told.add(Told.ended());
            }
        }

        private void change(int times, boolean tell) {
            for (int i = 0; i < times; i++) {
                long id = random.nextInt(IDS);
                String what = "v" + random.nextInt(1_000);
                lsn += 10;
                boolean was = rows.containsKey(Long.toString(id));
                boolean goes = was && random.nextInt(3) == 0;
                if (goes) {
                    rows.remove(Long.toString(id));
                } else {
                    rows.put(Long.toString(id), what);
                }
                if (tell) {
                    write(goes ? "d" : was ? "u" : "c", id, what, "false");
                }
            }
        }

        private void write(String op, long id, String what, String snapshot) {
            topic.append(id, Events.key(id, schemas), Events.event(op, id, what, snapshot, lsn, schemas));
        }
    }
}
