package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.api.dialect.supermetal.model.Wrong;
import io.signalbox.processor.dataplane.pipeline.Schedules;
import io.signalbox.processor.domain.Schedule;
import io.signalbox.processor.domain.Schedule.Cron;
import io.signalbox.processor.domain.Schedule.Rate;
import java.time.DateTimeException;
import java.time.ZoneId;

/** When a pipeline that ends runs again. */
final class ScheduleMapping {

    private static final long MINUTES_OF_AN_HOUR = 60;
    private static final long MINUTES_OF_A_DAY = 24 * MINUTES_OF_AN_HOUR;

    private ScheduleMapping() {}

    /**
     * @param schedule missing for none
     * @return null for none
     */
    static Schedule of(Tree schedule, boolean ends) {
        if (!schedule.there()) {
            return null;
        }
        if (!ends) {
            throw Wrong.notRunnable(schedule.pointer(), "is for snapshots only: what follows changes always runs");
        }
        Tree chosen = schedule.chosen();
        return schedule.tag().equals("rate") ? rate(chosen) : cron(chosen);
    }

    private static Schedule rate(Tree rate) {
        long minutesOfOne = switch (rate.text("unit")) {
            case "Hour" -> MINUTES_OF_AN_HOUR;
            case "Day" -> MINUTES_OF_A_DAY;
            default -> 1;
        };
        if (rate.number("value") > Rate.MOST_MINUTES / minutesOfOne) {
            throw Wrong.form(rate.at("value").pointer(), "is more than " + Rate.MOST_MINUTES + " minutes");
        }
        return new Rate(rate.number("value") * minutesOfOne);
    }

    private static Schedule cron(Tree cron) {
        String expression = cron.text("expression").strip().replaceAll("\\s+", " ");
        try {
            ZoneId.of(cron.text("timezone"));
        } catch (DateTimeException e) {
            throw Wrong.form(cron.at("timezone").pointer(), "is no time zone: use one such as Europe/Oslo or UTC");
        }
        try {
            var schedule = new Cron(expression, cron.text("timezone"));
            Schedules.check(schedule);
            return schedule;
        } catch (IllegalArgumentException e) {
            throw Wrong.form(
                    cron.at("expression").pointer(),
                    "is no cron expression that is ever due: use minute, hour, day of month, month and day of week");
        }
    }
}
