package io.signalbox.standalone.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The same load on several servers, in turn, so that what the machine does meanwhile meets all of them. */
final class Rounds {

    private static final int ROUNDS = 3;

    /** The least and the most of three are a quarter apart: too much where a promise is about a fifth. */
    private static final int MANY_ROUNDS = 5;

    private static final double WARM_SECONDS = 0.4;
    private static final double SECONDS = 0.8;
    private static final double PACED_SECONDS = 2;

    private final Scale scale;
    private final int rounds;

    private Rounds(Scale scale, int rounds) {
        this.scale = scale;
        this.rounds = rounds;
    }

    Rounds(Scale scale) {
        this(scale, ROUNDS);
    }

    /** For a ratio that has to be known well. */
    static Rounds many(Scale scale) {
        return new Rounds(scale, scale.count(MANY_ROUNDS));
    }

    /** One load on one server. */
    @FunctionalInterface
    interface Run {
        Sample of(double seconds) throws IOException, InterruptedException;
    }

    /** @return the median of each, by its rate; they were warm */
    List<Sample> inTurn(List<Run> runs) throws IOException, InterruptedException {
        return inTurn(runs, SECONDS, Comparator.comparingDouble(Sample::perSecond));
    }

    /** Of what is judged by it. @return the median of each, by its own; they were warm */
    List<Sample> byMedian(List<Run> runs) throws IOException, InterruptedException {
        return inTurn(runs, SECONDS, Comparator.comparingDouble(Sample::p50));
    }

    /** Of what is asked at a fixed rate, so that it takes a while to ask often. @return the median of each, by its own; they were warm */
    List<Sample> pacedInTurn(List<Run> runs) throws IOException, InterruptedException {
        return inTurn(runs, PACED_SECONDS, Comparator.comparingDouble(Sample::p50));
    }

    private List<Sample> inTurn(List<Run> runs, double seconds, Comparator<Sample> order)
            throws IOException, InterruptedException {
        List<List<Sample>> samples = new ArrayList<>();
        for (Run run : runs) {
            run.of(scale.seconds(WARM_SECONDS));
            samples.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < runs.size(); i++) {
                // Each comes after each of the others once: what one leaves for later takes the next one's time.
                int turn = (round + i) % runs.size();
                samples.get(turn).add(runs.get(turn).of(scale.seconds(seconds)));
            }
        }
        return samples.stream().map(each -> median(each, order)).toList();
    }

    Sample one(Run run) throws IOException, InterruptedException {
        return inTurn(List.of(run)).getFirst();
    }

    static Sample median(List<Sample> samples, Comparator<Sample> order) {
        return samples.stream()
                .sorted(order)
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
