package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CountPlaces;
import io.signalbox.processor.domain.Command.DecidePlaces;
import io.signalbox.processor.domain.Command.ReportPlaces;
import io.signalbox.processor.domain.Command.RequestPlaces;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaLedgerTest {

    private static final QuotaKey PROD = new QuotaKey("prod");
    private static final Places ONE = new Places(1, 1);

    private Quota quota;
    private QuotaUse use = QuotaUse.none("prod", 2);
    private List<FollowUp> told = List.of();
    private long offset = 100;

    private static ConnectorKey connector(String name) {
        return new ConnectorKey("prod", "a", name);
    }

    private void limits(Integer connectors, Integer tasks) {
        quota = new Quota(PROD, true, connectors, tasks, "ann", 1, Instant.EPOCH);
        took(QuotaLedger.limits(use, quota, ++offset));
    }

    private void removed() {
        quota = new Quota(PROD, false, null, null, "ann", 2, Instant.EPOCH);
        took(QuotaLedger.limits(use, quota, ++offset));
    }

    private void asks(String name, long asked, Places wanted) {
        var request = new RequestPlaces(connector(name), asked, wanted);
        took(QuotaLedger.request(use, quota, ++offset, "c-" + name, request));
    }

    private void reports(int partition, long at, Places used) {
        reports(partition, at, use.count(), used, null);
    }

    private void reports(int partition, long at, long count, Places used, String settled) {
        var report = new ReportPlaces(
                partition,
                at,
                count,
                used,
                settled == null ? null : connector(settled),
                settled == null ? null : "c-" + settled);
        took(QuotaLedger.report(use, quota, ++offset, report));
    }

    private void took(QuotaLedger.Turn turn) {
        use = turn.use();
        told = turn.followUps();
    }

    private List<Command> commands() {
        return told.stream().map(each -> each.envelope().command()).toList();
    }

    /** With so much used in either partition. */
    private void counted(Places first, Places second) {
        reports(0, 10, first);
        reports(1, 10, second);
        assertThat(use.known()).isTrue();
    }

    @Test
    void whoever_comes_while_it_is_counted_is_told_afterwards() {
        limits(3, null);
        assertThat(told).extracting(FollowUp::partition).containsExactly(0, 1);
        assertThat(commands()).containsOnly(new CountPlaces(101, true));
        asks("x", 5, ONE);
        assertThat(told).isEmpty();
        reports(0, 10, new Places(1, 1));
        assertThat(told).isEmpty();
        reports(1, 10, new Places(1, 1));
        assertThat(commands()).containsExactly(new DecidePlaces(5, null));
        assertThat(use.used()).isEqualTo(new Places(3, 3));
    }

    @Test
    void what_is_promised_counts_until_its_partition_has_counted_it() {
        limits(2, null);
        counted(Places.NONE, Places.NONE);
        asks("x", 5, ONE);
        asks("y", 6, ONE);
        assertThat(commands()).containsExactly(new DecidePlaces(6, null));
        asks("z", 7, ONE);
        assertThat(commands()).as("it is counted first").containsOnly(new CountPlaces(offset, true));
        reports(0, 11, use.count(), new Places(1, 1), "x");
        assertThat(use.reserved()).extracting(PlaceRequest::connector).containsExactly(connector("y"));
        reports(1, 11, Places.NONE);
        assertThat(told).as("y may not come to be").isEmpty();
        reports(1, 12, use.count(), new Places(1, 1), "y");
        assertThat(commands())
                .singleElement()
                .satisfies(command -> assertThat(((DecidePlaces) command).refusal())
                        .startsWith("Environment prod is limited to 2 connectors, and has 2. Delete a connector"));
        assertThat(use.waiting()).isEmpty();
    }

    @Test
    void what_was_promised_and_not_taken_goes_to_who_waits() {
        limits(1, null);
        counted(Places.NONE, Places.NONE);
        asks("x", 5, ONE);
        asks("y", 6, ONE);
        reports(0, 11, Places.NONE);
        reports(1, 11, Places.NONE);
        reports(0, 12, use.count(), Places.NONE, "x");
        assertThat(commands()).containsExactly(new DecidePlaces(6, null));
    }

    @Test
    void what_was_freed_before_somebody_came_is_his() {
        limits(1, null);
        counted(Places.NONE, new Places(1, 1));
        asks("x", 5, ONE);
        assertThat(commands()).hasSize(2).containsOnly(new CountPlaces(offset, true));
        reports(0, 11, Places.NONE);
        reports(1, 11, Places.NONE);
        assertThat(commands()).containsExactly(new DecidePlaces(5, null));
    }

    @Test
    void who_comes_during_a_count_waits_for_the_next_one() {
        limits(1, null);
        counted(Places.NONE, new Places(1, 1));
        asks("x", 5, ONE);
        long first = use.count();
        asks("y", 6, ONE);
        assertThat(told).isEmpty();
        reports(0, 11, first, Places.NONE, null);
        reports(1, 11, first, new Places(1, 1), null);
        assertThat(use.waiting()).extracting(PlaceRequest::connector).containsExactly(connector("y"));
        assertThat(commands()).hasSize(3).endsWith(new CountPlaces(offset, true), new CountPlaces(offset, true));
    }

    @Test
    void an_earlier_report_says_nothing_new() {
        limits(5, null);
        counted(Places.NONE, Places.NONE);
        reports(0, 20, new Places(2, 2));
        reports(0, 15, new Places(1, 1));
        assertThat(use.used()).isEqualTo(new Places(2, 2));
        reports(0, 20, new Places(2, 2));
        assertThat(use.used()).isEqualTo(new Places(2, 2));
    }

    @Test
    void who_asks_again_is_told_the_same_and_takes_nothing_twice() {
        limits(5, null);
        counted(Places.NONE, Places.NONE);
        asks("x", 5, ONE);
        asks("x", 5, ONE);
        assertThat(commands()).containsExactly(new DecidePlaces(5, null));
        assertThat(use.used()).isEqualTo(ONE);
        asks("x", 9, new Places(1, 3));
        assertThat(commands()).containsExactly(new DecidePlaces(9, null));
        assertThat(use.used()).isEqualTo(new Places(1, 3));
        asks("x", 5, ONE);
        assertThat(told).isEmpty();
        assertThat(use.used()).isEqualTo(new Places(1, 3));
    }

    @Test
    void tasks_are_limited_by_themselves_and_what_is_not_wanted_is_not_looked_at() {
        limits(1, 4);
        counted(new Places(2, 3), Places.NONE);
        asks("x", 5, new Places(0, 1));
        assertThat(commands())
                .as("over the limit of connectors, but not asking for one")
                .containsExactly(new DecidePlaces(5, null));
        reports(0, 11, use.count(), new Places(2, 4), "x");
        asks("y", 6, new Places(0, 2));
        counted(new Places(2, 4), Places.NONE);
        reports(0, 12, new Places(2, 4));
        reports(1, 12, Places.NONE);
        assertThat(use.waiting()).isEmpty();
    }

    @Test
    void lower_limits_keep_what_is_there_and_higher_ones_let_in_who_waits() {
        limits(2, null);
        counted(new Places(2, 2), Places.NONE);
        asks("x", 5, ONE);
        limits(1, null);
        assertThat(use.known()).isTrue();
        limits(3, null);
        assertThat(commands()).containsExactly(new DecidePlaces(5, null));
    }

    @Test
    void without_a_quota_everybody_is_let_in_and_nobody_need_ask() {
        limits(0, null);
        counted(Places.NONE, Places.NONE);
        asks("x", 5, ONE);
        removed();
        assertThat(commands())
                .containsExactly(
                        new CountPlaces(offset, false), new CountPlaces(offset, false), new DecidePlaces(5, null));
        assertThat(use.idle()).isFalse();
        reports(0, 12, -1, Places.NONE, "x");
        assertThat(use.idle()).isTrue();
        reports(0, 13, 101, Places.NONE, null);
        assertThat(commands()).as("one that did not hear of it").containsExactly(new CountPlaces(offset, false));
    }

    @Test
    void a_new_quota_counts_anew() {
        limits(5, null);
        counted(new Places(1, 1), Places.NONE);
        removed();
        limits(5, null);
        assertThat(use.known()).isFalse();
        reports(0, 20, 101, new Places(4, 4), null);
        assertThat(use.counted()).as("of the count before").isEmpty();
        counted(new Places(4, 4), Places.NONE);
        assertThat(use.used()).isEqualTo(new Places(4, 4));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"4,4", "' 4 ',4", "0,1", "-3,1", "many,1", "${env:TASKS},1", "99999999999,1", "NULL,1"},
            nullValues = "NULL")
    void tasks_count_as_they_are_declared(String declared, long tasks) {
        var config = declared == null ? Config.of(Map.of()) : Config.of(Map.of("tasks.max", declared));
        var created = new Event.ConnectorCreated("u", config, TargetState.RUNNING, ConnectorType.SOURCE, true, null);
        var state = ConnectorFold.fold(
                null, new RecordedEvent("e", connector("x"), 1, Instant.EPOCH, "c", "ann", created), created);
        assertThat(Places.of(state)).isEqualTo(new Places(1, tasks));
        assertThat(Places.of(null)).isEqualTo(Places.NONE);
    }
}
