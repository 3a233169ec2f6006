package io.signalbox.api.query;

import io.javalin.http.Context;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.RunState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of what one replica asks another; what is missing or illegal in it is refused with a 400. */
record InternalQuery(Map<String, List<String>> values) {

    private static final long LONGEST_PATIENCE_MS = 30_000;

    static InternalQuery of(Context ctx) {
        return new InternalQuery(ctx.queryParamMap());
    }

    static InternalQuery parse(String text) {
        Map<String, List<String>> values = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length != 2) {
                throw Refusal.bad("Each query parameter needs a value");
            }
            values.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(decode(parts[1]));
        }
        return new InternalQuery(values);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** @return null when there is none */
    String first(String name) {
        var all = all(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    String required(String name) {
        var value = first(name);
        if (value == null) {
            throw Refusal.bad("Missing query parameter " + name);
        }
        return value;
    }

    long number(String name) {
        return number(required(name), name);
    }

    List<Long> numbers(String name) {
        return all(name).stream().map(text -> number(text, name)).toList();
    }

    int partition() {
        return (int) number("partition");
    }

    boolean standby() {
        return "true".equals(first("standby"));
    }

    Duration patience() {
        return Duration.ofMillis(Math.min(LONGEST_PATIENCE_MS, number("patience")));
    }

    ClusterKey cluster() {
        if (AggregateKey.parse(required("cluster")) instanceof ClusterKey key) {
            return key;
        }
        throw Refusal.bad("cluster must be environment/cluster");
    }

    Selection selection() {
        return new Selection(
                first("after"),
                (int) number("limit"),
                all("state").stream().map(RunState::valueOf).collect(Collectors.toSet()),
                required("text"));
    }

    /** A replica of an earlier release does not say which. */
    KnownOffsets offsets() {
        var which = first("which");
        try {
            return which == null ? KnownOffsets.LAST_READ : KnownOffsets.valueOf(which);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad("which must be one of the offsets that are known");
        }
    }

    HistoryPage page() {
        return new HistoryPage(number("before"), (int) number("limit"), Boolean.parseBoolean(required("observed")));
    }

    Moment moment() {
        if (first("revision") != null) {
            return new Moment.Revision(number("revision"));
        }
        try {
            return new Moment.Time(Instant.parse(required("time")));
        } catch (DateTimeParseException e) {
            throw Refusal.bad("time must be a time");
        }
    }

    private static Long number(String text, String name) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refusal.bad(name + " must be a number");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad("Illegal encoding of a query parameter");
        }
    }
}
