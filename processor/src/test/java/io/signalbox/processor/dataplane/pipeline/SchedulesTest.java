package io.signalbox.processor.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Schedule;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulesTest {

    private static Instant next(Schedule schedule, String after) {
        return Schedules.next(schedule, Instant.parse(after)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "*/5 * * * *, UTC, 2026-01-01T00:01:00Z, 2026-01-01T00:05:00Z",
        "0 3 * * *, Europe/Oslo, 2026-01-01T00:00:00Z, 2026-01-01T02:00:00Z",
        "0 3 * * *, Europe/Oslo, 2026-07-01T00:00:00Z, 2026-07-01T01:00:00Z",
        "0 3 * * *, Asia/Kolkata, 2026-01-01T00:00:00Z, 2026-01-01T21:30:00Z",
        "30 9 * * MON, UTC, 2026-01-01T00:00:00Z, 2026-01-05T09:30:00Z",
        "30 9 * * 1-5, UTC, 2026-01-02T10:00:00Z, 2026-01-05T09:30:00Z",
        "0 0 1 JAN *, UTC, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "0 0 29 2 *, UTC, 2026-01-01T00:00:00Z, 2028-02-29T00:00:00Z",
        "'0,30 8 * * *', UTC, 2026-01-01T08:00:00Z, 2026-01-01T08:30:00Z"
    })
    void a_cron_expression_is_due_where_it_is(String expression, String zone, String after, String due) {
        assertThat(next(new Schedule.Cron(expression, zone), after)).isEqualTo(Instant.parse(due));
    }

    /** On 29 March 2026 the clocks of Oslo go from 2 to 3 o'clock, on 25 October from 3 back to 2. */
    @Test
    void an_hour_that_is_left_out_is_made_up_for_and_one_that_comes_twice_counts_once() {
        var nightly = new Schedule.Cron("30 2 * * *", "Europe/Oslo");
        Instant spring = next(nightly, "2026-03-28T12:00:00Z");
        assertThat(spring).isBetween(Instant.parse("2026-03-29T00:30:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
        Instant autumn = next(nightly, "2026-10-24T12:00:00Z");
        assertThat(autumn).isBetween(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(next(nightly, autumn.toString())).isAfter(autumn);
    }

    @Test
    void a_rate_counts_from_the_start() {
        assertThat(next(new Schedule.Rate(90), "2026-01-01T00:00:00Z"))
                .isEqualTo(Instant.parse("2026-01-01T01:30:00Z"));
        assertThatCode(() -> Schedules.next(
                        new Schedule.Rate(Schedule.Rate.MOST_MINUTES), Instant.parse("2026-01-01T00:00:00Z")))
                .doesNotThrowAnyException();
    }

    @Test
    void the_next_moment_is_after_the_one_before() {
        var hourly = new Schedule.Cron("0 * * * *", "UTC");
        assertThat(next(hourly, "2026-01-01T05:00:00Z")).isEqualTo(Instant.parse("2026-01-01T06:00:00Z"));
        assertThat(next(hourly, "2026-01-01T05:00:00.001Z")).isEqualTo(Instant.parse("2026-01-01T06:00:00Z"));
        assertThat(next(hourly, "2026-01-01T04:59:59.999Z")).isEqualTo(Instant.parse("2026-01-01T05:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "* * * *,UTC",
        "* * * * * *,UTC",
        "61 * * * *,UTC",
        "* * * * *,Mars/Base",
        "nightly,UTC",
        "0 0 30 2 *,UTC",
        "@daily,UTC"
    })
    void what_means_nothing_is_refused(String expression, String zone) {
        assertThatThrownBy(() -> Schedules.check(new Schedule.Cron(expression, zone)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_means_something_is_not() {
        Schedules.check(new Schedule.Cron("0 3 * * SUN", "America/Argentina/La_Rioja"));
        Schedules.check(new Schedule.Rate(1));
    }
}
