package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.processor.domain.Schedule;
import java.util.SortedMap;

/**
 * What a definition is on Kafka Connect, with its secrets in clear.
 *
 * @param source config of the source connector
 * @param sink config of the sink connector; null when the topics are the target
 * @param ends whether it copies what there is and is then complete
 * @param schedule null for none
 */
public record Mapped(
        SortedMap<String, String> source,
        SortedMap<String, String> sink,
        boolean ends,
        Schedule schedule,
        boolean disabled,
        boolean ownsPublication) {

    /** Its secrets are in it. */
    @Override
    public String toString() {
        return "Mapped[source=" + source.keySet() + " sink=" + (sink == null ? null : sink.keySet()) + "]";
    }
}
