package io.signalbox.api.hostile;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What can be wrong with the head of a request, but for its path. For tests. */
final class HeadKinds {

    private static final int LARGE = 64 * 1024;

    private static final String TAGS =
            IntStream.range(0, 40).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));

    private static final List<String> NO_TAGS = List.of(
            "17",
            "\"",
            "\"a",
            "a\"",
            "\"\"",
            "W/17",
            "'17'",
            TAGS,
            "*,17",
            "\"a\",b",
            ",\"1\"",
            ",",
            ",,",
            "x".repeat(5_000),
            "\u00e4");

    /** Of writes that send a command. */
    private static final List<String> COMMAND = List.of(
            "Idempotency-Key: a b",
            "Idempotency-Key: " + "k".repeat(129),
            "Idempotency-Key: \u00c3\u00a4",
            "Idempotency-Key: \u00ff",
            "Signalbox-Reason: " + "r".repeat(501),
            "Signalbox-Reason: " + "\u00c3\u00a4".repeat(501),
            "Signalbox-Reason: a\tb",
            "From: " + "f".repeat(501),
            "Sec-Fetch-Site: cross-site",
            "Accept: text/html",
            "Accept: application/json;q=0");

    private static final List<String> READ = List.of(
            "If-None-Match: 17",
            "If-None-Match: \"",
            "If-None-Match: " + TAGS,
            "Signalbox-Consistency: maybe",
            "Signalbox-Consistency: \u00ff",
            "Signalbox-Position: nonsense",
            "Signalbox-Position: 99999999:1",
            "Signalbox-Position: 1:-1",
            "Signalbox-Position: 1:" + "9".repeat(30),
            "Accept: text/html",
            "Accept: ;;;,q=,",
            "Accept: " + "a/b,".repeat(2_000),
            "Accept-Encoding: gzip;q=nonsense",
            "Last-Event-ID: nonsense",
            "Last-Event-ID: " + "A".repeat(9_000),
            "Range: bytes=0-",
            "Cookie: " + "a=b;".repeat(1_000),
            "Authorization: Basic \u00ff",
            "Expect: nonsense",
            "Content-Type: \u00ff",
            "Content-Encoding: gzip");

    private static final List<String> PARAMETERS = List.of(
            "page_size",
            "page_token",
            "state",
            "q",
            "expand",
            "observed",
            "revision",
            "asOf",
            "from",
            "to",
            "connectorsOnly",
            "version",
            "secrets",
            "environment",
            "cluster",
            "connector",
            "type",
            "last_event_id",
            "more",
            "%00",
            "%zz",
            "%ff",
            "");

    private static final List<String> VALUES = List.of(
            "-1",
            "0",
            "abc",
            "99999999999999999999",
            "1e3",
            "1.5",
            "%00",
            "%zz",
            "%",
            "%ff",
            "%C3%28",
            "%ed%a0%80",
            "",
            "%27",
            "..%2f..%2f",
            "true,false",
            "=",
            "%u0041",
            ",,,",
            "2026-99-99T00:00:00Z",
            "%2B999999999-01-01T00:00:00Z",
            "x".repeat(5_000),
            "%0d%0a",
            "RUNNING,".repeat(1_000));

    private static final List<List<String>> FRAMES = List.of(
            List.of("Content-Length: 5", "Content-Length: 6"),
            List.of("Content-Length: -1"),
            List.of("Content-Length: x"),
            List.of("Content-Length: 99999999999999999999"),
            List.of("No colon"),
            List.of("Nul: a\u0000b"),
            List.of(": no name"),
            List.of("Spa ce: x"),
            List.of("Host: other"),
            List.of("Transfer-Encoding: nonsense"));

    private static final String FORGET = "DELETE /signalbox/v1/environments/{env}/clusters/{cluster}";

    static final List<Kind> ALL = List.of(
            Kind.of("64 kB of head", target -> true, HeadKinds::large),
            Kind.of("bad If-Match", Target::commands, HeadKinds::tags),
            Kind.of("bad headers of a command", Target::commands, HeadKinds::command),
            Kind.of("bad headers of a read", Target::reads, HeadKinds::read),
            Kind.of("bad query", target -> target.reads() || target.is(FORGET), HeadKinds::query),
            Kind.of("bad frame", target -> true, HeadKinds::frame));

    private HeadKinds() {}

    private static Raw large(Target target, Place place, Random random) {
        String path = place.path(target.template());
        var raw = switch (random.nextInt(4)) {
            case 0 -> new Raw(target.method(), path).header("Large: " + "x".repeat(LARGE));
            case 1 -> many(new Raw(target.method(), path));
            case 2 -> new Raw(target.method(), path + "?q=" + "x".repeat(LARGE));
            default -> new Raw(target.method(), path + "/" + "x".repeat(LARGE));
        };
        return raw.mustBeRefused().mayBeCutOff();
    }

    private static Raw many(Raw raw) {
        for (int i = 0; i < 1_000; i++) {
            raw.header("Header-" + i + ": " + "x".repeat(50));
        }
        return raw;
    }

    private static Raw good(Target target, Place place, Random random) {
        boolean keep = target.is(FORGET) && random.nextBoolean();
        return keep
                ? new Raw(target.method(), place.path(target.template()) + "?connectors=keep")
                : Kind.good(target, place);
    }

    private static Raw tags(Target target, Place place, Random random) {
        var raw = good(target, place, random).mustBeRefused();
        return raw.header((random.nextInt(4) == 0 ? "If-None-Match: " : "If-Match: ") + Kind.one(random, NO_TAGS));
    }

    private static Raw command(Target target, Place place, Random random) {
        return good(target, place, random).header(Kind.one(random, COMMAND)).mustBeRefused();
    }

    private static Raw read(Target target, Place place, Random random) {
        return Kind.good(target, place).header(Kind.one(random, READ));
    }

    private static Raw query(Target target, Place place, Random random) {
        if (target.is(FORGET)) {
            return forget(target, place, random);
        }
        var query = new StringBuilder();
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts && query.length() < 6_000; i++) {
            query.append(i == 0 ? "?" : "&")
                    .append(Kind.one(random, PARAMETERS))
                    .append(random.nextInt(10) == 0 ? "" : "=")
                    .append(Kind.one(random, VALUES));
        }
        return new Raw(target.method(), place.path(target.template()) + query);
    }

    private static Raw forget(Target target, Place place, Random random) {
        String connectors = Kind.one(random, List.of("", "x", "%00", "%zz", "KEEP", "true", "keep%20"));
        return new Raw(target.method(), place.path(target.template()) + "?connectors=" + connectors).mustBeRefused();
    }

    private static Raw frame(Target target, Place place, Random random) {
        var raw = new Raw(target.method(), place.path(target.template()))
                .mustBeRefused()
                .mayBeCutOff();
        if (random.nextInt(FRAMES.size() + 1) == 0) {
            return raw.withoutHost();
        }
        Kind.one(random, FRAMES).forEach(raw::header);
        return raw;
    }
}
