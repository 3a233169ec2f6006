package io.signalbox.api.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Many requests that are wrong, one after another, on every route in turn: the same ones for the same seed. For tests.
 *
 * @param places where, by turns
 */
public record Campaign(int port, List<Target> targets, List<Place> places, long seed, int count) {

    private static final int RARE = 3;
    private static final int MOST_TOLD = 30;

    /**
     * By {@code -Dbad.inputs} and {@code -Dbad.seed}.
     *
     * @param standard how many otherwise
     */
    public static Campaign of(int port, List<Target> targets, List<Place> places, int standard) {
        return new Campaign(
                port, targets, places, Long.getLong("bad.seed", 20261122L), Integer.getInteger("bad.inputs", standard));
    }

    /**
     * What came of it.
     *
     * @param problems in words, with all that is needed to see each again
     * @param kinds how many requests of each kind
     * @param statuses how many answers of each status; 0 for none
     */
    public record Outcome(
            long seed, List<String> problems, Map<String, Integer> kinds, Map<Integer, Integer> statuses) {

        /** Whether it was a campaign at all: every kind came. */
        public boolean whole() {
            return kinds.size() == Kind.ALL.size();
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + problems.size() + " problems, " + kinds + ", " + statuses + "\n"
                    + String.join("\n", problems.subList(0, Math.min(MOST_TOLD, problems.size())))
                    + "\nagain: -Dbad.seed=" + seed;
        }
    }

    public Outcome run() throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, Integer> kinds = new TreeMap<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (var wire = new Wire(port)) {
            List<Target> round = targets.stream()
                    .flatMap(target -> Collections.nCopies(target.weight(), target).stream())
                    .toList();
            for (int i = 0; i < count; i++) {
                // Each by itself, so that one of them can be looked at alone.
                var random = new Random(seed * 1_000_003 + i);
                var target = round.get(i % round.size());
                var place = Kind.one(random, places);
                var kind = kind(target, i % round.size() + i / round.size(), random);
                var raw = kind.maker().make(target, place, random);
                var heard = wire.send(raw);
                kinds.merge(kind.name(), 1, Integer::sum);
                statuses.merge(heard.status(), 1, Integer::sum);
                List<String> found = Judge.problems(target, raw, heard);
                if (!found.isEmpty()) {
                    problems.add(found + " case " + i + " (" + kind.name() + ") " + raw + " -> " + heard);
                }
            }
        }
        return new Outcome(seed, problems, kinds, statuses);
    }

    /** All that fit, by turns. */
    private static Kind kind(Target target, int turn, Random random) {
        List<Kind> fitting =
                Kind.ALL.stream().filter(kind -> kind.fits().test(target)).toList();
        var kind = fitting.get(turn % fitting.size());
        while (kind.rare() && random.nextInt(RARE) > 0) {
            kind = Kind.one(random, fitting);
        }
        return kind;
    }
}
