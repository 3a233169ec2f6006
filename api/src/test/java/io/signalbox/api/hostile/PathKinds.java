package io.signalbox.api.hostile;

import java.util.List;
import java.util.Random;
import java.util.Set;

/** What can be wrong with a path. For tests. */
final class PathKinds {

    private static final String LONG = "n".repeat(10_000);

    /** No name at all, whatever a name may hold. */
    private static final List<String> BROKEN = List.of(
            "%",
            "%z",
            "%zz",
            "%1",
            "a%",
            "%u0041",
            "%%",
            "%-1",
            "%ff",
            "%C3%28",
            "%ed%a0%80",
            "%c0%80",
            "%c0%ae%c0%ae",
            "%00",
            "a%00b",
            "..%2f%00",
            "%e2%82",
            "%F8%88%80%80%80",
            "%25%00");

    /** Names that a connector could have, and nothing else. */
    private static final List<String> WALKING = List.of(
            "..%2f",
            "..%2f..%2fsecret",
            "%2e%2e",
            "%2e%2e%2f%2e%2e%2f",
            "..%5c..%5csecret",
            "%2e",
            "..%3b",
            "..%2fhealth",
            "a%2fb",
            "%252e%252e%252f",
            "%7e",
            "~root",
            "%20",
            "%0a",
            "%0d%0aX-Injected:%201",
            "%7f",
            "%c2%85",
            "$%7bjndi:x%7d",
            "*",
            "'");

    private static final List<String> LONG_ONES =
            List.of(LONG, "%41".repeat(3_300), "%C3%A4".repeat(1_700), "a".repeat(256));

    private static final List<String> METHODS = List.of(
            "GET", "PUT", "POST", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "FOO", "get", "X".repeat(500));

    /** Of these the alphabet is small, so that anything else is refused before a command is made. */
    private static final Set<String> STRICT = Set.of("env", "cluster", "key", "pipeline");

    static final List<Kind> ALL = List.of(
            Kind.of("bad escapes", PathKinds::hasParameter, PathKinds::broken),
            Kind.of("walking paths", PathKinds::mayWalk, PathKinds::walking),
            Kind.of("empty names", PathKinds::hasParameter, PathKinds::empty),
            Kind.of("long names", PathKinds::hasParameter, PathKinds::tooLong),
            Kind.of("wrong methods", target -> true, PathKinds::method));

    private PathKinds() {}

    private static boolean hasParameter(Target target) {
        return !Place.parameters(target.template()).isEmpty();
    }

    private static boolean mayWalk(Target target) {
        return !walkable(target).isEmpty();
    }

    private static List<String> walkable(Target target) {
        return Place.parameters(target.template()).stream()
                .filter(parameter -> !target.changes() || STRICT.contains(parameter))
                .toList();
    }

    private static Raw broken(Target target, Place place, Random random) {
        return with(target, place, Kind.one(random, Place.parameters(target.template())), Kind.one(random, BROKEN))
                .mustBeRefused();
    }

    private static Raw walking(Target target, Place place, Random random) {
        var raw = with(target, place, Kind.one(random, walkable(target)), Kind.one(random, WALKING));
        return target.changes() ? raw.mustBeRefused() : raw;
    }

    private static Raw empty(Target target, Place place, Random random) {
        var raw = with(target, place, Kind.one(random, Place.parameters(target.template())), "");
        return target.changes() ? raw.mustBeRefused() : raw;
    }

    private static Raw tooLong(Target target, Place place, Random random) {
        var raw =
                with(target, place, Kind.one(random, Place.parameters(target.template())), Kind.one(random, LONG_ONES));
        return target.commands() ? raw.mustBeRefused() : raw;
    }

    private static Raw with(Target target, Place place, String parameter, String value) {
        String path = place.path(target.template(), name -> name.equals(parameter) ? value : null);
        var raw = new Raw(target.method(), path);
        return target.takesBody() ? raw.json(target.body()) : raw;
    }

    private static Raw method(Target target, Place place, Random random) {
        List<String> wrong = METHODS.stream()
                .filter(each -> !target.allowed().contains(each))
                .toList();
        var raw = new Raw(Kind.one(random, wrong), place.path(target.template())).mustBeRefused();
        return random.nextBoolean() ? raw : raw.json("{}");
    }
}
