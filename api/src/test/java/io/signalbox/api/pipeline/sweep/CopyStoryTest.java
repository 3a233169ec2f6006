package io.signalbox.api.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a copy was begun more than once, and of which tables the last one came to its end. */
class CopyStoryTest {

    private static final String T = "public.t";

    @Test
    void one_copy_leaves_nothing_to_be_swept() {
        assertThat(Told.story().due()).isFalse();
        assertThat(Told.story(Told.begun()).due()).isFalse();
        assertThat(Told.story(Told.begun(), Told.scanned(T, 5), Told.ended()).due())
                .isFalse();
        assertThat(Told.story(Told.snapshot("SKIPPED", ""), Told.snapshot("SKIPPED", ""))
                        .due())
                .isFalse();
    }

    @Test
    void a_second_one_is_due_when_it_has_ended() {
        var begun = Told.story(Told.begun(), Told.underWay(T), Told.begun(), Told.underWay(T));
        assertThat(begun.due()).isFalse();
        assertThat(begun.tables()).isEmpty();
        var ended = Told.story(
                Told.begun(), Told.underWay(T), Told.begun(), Told.underWay(T), Told.scanned(T, 5), Told.ended());
        assertThat(ended.due()).isTrue();
        assertThat(ended.tables()).containsExactly(T);
        assertThat(ended.foundNone(T)).isFalse();
        assertThat(ended.latest()).isEqualTo(1_795_000_000_000L);
    }

    @Test
    void one_that_was_aborted_is_not_over() {
        assertThat(Told.story(Told.begun(), Told.snapshot("ABORTED", ""), Told.begun(), Told.snapshot("ABORTED", ""))
                        .due())
                .isFalse();
        assertThat(Told.story(Told.begun(), Told.snapshot("ABORTED", ""), Told.begun(), Told.ended())
                        .due())
                .isTrue();
    }

    /** As a real worker did that was killed between the first word of a copy and its first row. */
    @Test
    void one_that_never_ended_and_is_not_begun_again_was_forgotten() {
        String skipped = Told.snapshot("SKIPPED", "");
        var forgotten = Told.story(Told.begun(), Told.underWay(T), skipped);
        assertThat(forgotten.forgotten()).isEqualTo("8c1f");
        assertThat(forgotten.due()).isFalse();
        assertThat(Told.story(Told.begun(), Told.ended(), Told.begun(), Told.snapshot("ABORTED", ""), skipped)
                        .forgotten())
                .isEqualTo("8c1f");
        assertThat(Told.story(skipped).forgotten()).isNull();
        assertThat(Told.story(Told.begun(), Told.ended(), skipped).forgotten()).isNull();
        var again = Told.story(Told.begun(), skipped, Told.begun(), Told.scanned(T, 5));
        assertThat(again.forgotten()).isNull();
        assertThat(again.due()).isFalse();
        assertThat(Told.story(Told.begun(), skipped, Told.begun(), Told.ended()).due())
                .isTrue();
    }

    @Test
    void one_that_had_ended_and_is_made_again_is_due_too() {
        assertThat(Told.story(
                                Told.begun(),
                                Told.scanned(T, 5),
                                Told.ended(),
                                Told.begun(),
                                Told.scanned(T, 0),
                                Told.ended())
                        .foundNone(T))
                .isTrue();
    }

    @Test
    void a_table_that_the_last_scan_did_not_finish_is_left_alone() {
        var story = Told.story(
                Told.begun(),
                Told.scanned("public.a", 1),
                Told.scanned(T, 5),
                Told.ended(),
                Told.begun(),
                Told.underWay(T),
                Told.begun(),
                Told.underWay("public.a"),
                Told.scanned("public.a", 2),
                Told.ended());
        assertThat(story.tables()).containsExactly("public.a");
        var failed = Told.story(
                Told.begun(),
                Told.begun(),
                Told.underWay(T),
                Told.snapshot(
                        "TABLE_SCAN_COMPLETED", ",\"scanned_collection\":\"public.t\",\"status\":\"SQL_EXCEPTION\""));
        assertThat(failed.tables()).isEmpty();
    }

    @Test
    void how_many_rows_there_were_has_to_be_told_for_a_table_to_count_as_empty() {
        var untold = Told.story(
                Told.snapshot("TABLE_SCAN_COMPLETED", ",\"scanned_collection\":\"public.t\",\"status\":\"SUCCEEDED\""));
        assertThat(untold.tables()).containsExactly(T);
        assertThat(untold.foundNone(T)).isFalse();
        assertThat(untold.foundNone("public.other")).isFalse();
    }

    @Test
    void what_was_swept_is_not_swept_again_until_a_copy_is_made_once_more() {
        var swept = Told.story(Told.begun(), Told.begun(), Told.scanned(T, 5), Told.ended(), Told.swept());
        assertThat(swept.due()).isFalse();
        assertThat(swept.tables()).isEmpty();
        assertThat(swept.latest()).isEqualTo(1_795_000_000_001L);
        var again = Told.story(
                Told.begun(), Told.begun(), Told.ended(), Told.swept(), Told.begun(), Told.scanned(T, 5), Told.ended());
        assertThat(again.due()).isTrue();
    }

    @Test
    void incremental_snapshots_are_no_copies() {
        String incremental = Told.begun().replace("Initial", "Incremental");
        assertThat(Told.story(Told.begun(), Told.ended(), incremental, incremental)
                        .due())
                .isFalse();
    }
}
