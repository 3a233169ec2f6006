package io.signalbox.api.hostile;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One way in which a request can be wrong. For tests.
 *
 * @param rare it takes long: once in three times that it could be
 * @param fits for which routes it is wrong indeed
 */
record Kind(String name, boolean rare, Predicate<Target> fits, Maker maker) {

    static final List<Kind> ALL = Stream.of(BodyKinds.ALL, PathKinds.ALL, HeadKinds.ALL)
            .flatMap(List::stream)
            .toList();

    @FunctionalInterface
    interface Maker {
        Raw make(Target target, Place place, Random random);
    }

    static Kind of(String name, Predicate<Target> fits, Maker maker) {
        return new Kind(name, false, fits, maker);
    }

    static Kind rare(String name, Predicate<Target> fits, Maker maker) {
        return new Kind(name, true, fits, maker);
    }

    static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A request that the route would take, but for what is added to it. */
    static Raw good(Target target, Place place) {
        var raw = new Raw(target.method(), place.path(target.template()));
        return target.takesBody() ? raw.json(target.body()) : raw;
    }
}
