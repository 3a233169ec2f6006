package io.signalbox.processor.domain;

import java.util.Map;
import java.util.Objects;

/**
 * What a pipeline is to be on Kafka Connect.
 *
 * @param source of the source connector, as a connector command takes it: secrets are sealed for {@link PipelineKey#source()}
 * @param sink of the sink connector, sealed for {@link PipelineKey#sink()}; null when what is in the topics is all that is wanted
 * @param ends whether it copies what there is and is then complete
 * @param schedule when it runs again; null for never; only for what ends
 * @param disabled whether it is there but not to run
 * @param ownsPublication whether the publication that the source names is made with it and goes with it
 */
public record PipelinePlan(
        Config source, Config sink, boolean ends, Schedule schedule, boolean disabled, boolean ownsPublication) {

    /** Of what is no more: not a setting of it is kept. */
    static final PipelinePlan NONE = new PipelinePlan(Config.of(Map.of()), null, false, null, true, false);

    /** Whether what runs by one of them runs as the other one says, too. */
    boolean runsLike(PipelinePlan other) {
        return source.equals(other.source)
                && Objects.equals(sink, other.sink)
                && ends == other.ends
                && ownsPublication == other.ownsPublication;
    }
}
