package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.Moment;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Points in the past, as requests name them. */
final class Moments {

    private Moments() {}

    /** @return what {@code revision} or {@code asOf} asks for; empty when neither does */
    static Optional<Moment> wanted(Context ctx) {
        if (ctx.req().getQueryString() == null) {
            return Optional.empty();
        }
        String revision = ctx.queryParam("revision");
        String time = ctx.queryParam("asOf");
        if (revision != null && time != null) {
            throw Refusal.bad("Use revision or asOf, not both");
        }
        if (revision != null) {
            return Optional.of(revision("revision", revision));
        }
        return Optional.ofNullable(time).map(Moments::time);
    }

    /** @throws Refusal 400 when the parameter is missing or no revision */
    static Moment.Revision revision(Context ctx, String parameter) {
        return revision(parameter, ctx.queryParam(parameter));
    }

    private static Moment.Revision revision(String parameter, String text) {
        try {
            long number = text == null ? 0 : Long.parseLong(text);
            if (number > 0) {
                return new Moment.Revision(number);
            }
        } catch (NumberFormatException e) {
            throw illegal(parameter);
        }
        throw illegal(parameter);
    }

    private static Refusal illegal(String parameter) {
        return Refusal.bad("Illegal " + parameter + ": use a revision, a whole number from 1");
    }

    private static Moment time(String text) {
        try {
            return new Moment.Time(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw Refusal.bad("Illegal asOf: use a time such as 2026-11-21T10:00:00Z");
        }
    }
}
