package io.signalbox.standalone.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The same load on several servers, in turn, so that what the machine does meanwhile meets all of them. */
final class Rounds {

    private static final int ROUNDS = 3;
    private static final double WARM_SECONDS = 0.6;
    private static final double SECONDS = 0.8;

    private final Scale scale;

    Rounds(Scale scale) {
        this.scale = scale;
    }

    /** One load on one server. */
    @FunctionalInterface
    interface Run {
        Sample of(double seconds) throws IOException, InterruptedException;
    }

    /** @return the median of each, by its rate; they were warm */
    List<Sample> inTurn(List<Run> runs) throws IOException, InterruptedException {
        List<List<Sample>> samples = new ArrayList<>();
        for (Run run : runs) {
            run.of(scale.seconds(WARM_SECONDS));
            samples.add(new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < runs.size(); i++) {
                samples.get(i).add(runs.get(i).of(scale.seconds(SECONDS)));
            }
        }
        return samples.stream().map(Rounds::median).toList();
    }

    Sample one(Run run) throws IOException, InterruptedException {
        return inTurn(List.of(run)).getFirst();
    }

    static Sample median(List<Sample> samples) {
        return samples.stream()
                .sorted(Comparator.comparingDouble(Sample::perSecond))
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
