package io.signalbox.processor.dataplane.pipeline;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.signalbox.processor.domain.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When schedules are due. Cron expressions are those of Unix: five fields, names of months and days, {@code * , - /}. */
public final class Schedules {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private Schedules() {}

    /** @throws IllegalArgumentException when it has no meaning; the message says why */
    public static void check(Schedule schedule) {
        if (schedule instanceof Schedule.Cron cron) {
            zone(cron);
            if (next(cron, Instant.EPOCH).isEmpty()) {
                throw new IllegalArgumentException("The cron expression is never due");
            }
        }
    }

    /**
     * @return the first moment after that; empty when there is none
     * @throws IllegalArgumentException as {@link #check}
     */
    public static Optional<Instant> next(Schedule schedule, Instant after) {
        return switch (schedule) {
            case Schedule.Rate rate -> Optional.of(after.plus(Duration.ofMinutes(rate.minutes())));
            case Schedule.Cron cron ->
                ExecutionTime.forCron(PARSER.parse(cron.expression()))
                        .nextExecution(after.atZone(zone(cron)))
                        .map(ZonedDateTime::toInstant);
        };
    }

    private static ZoneId zone(Schedule.Cron cron) {
        try {
            return ZoneId.of(cron.zone());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("No such time zone: " + cron.zone(), e);
        }
    }
}
