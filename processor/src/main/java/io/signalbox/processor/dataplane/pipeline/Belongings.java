package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a pipeline has on Kafka beside its connectors, by name; and who else would have the same. */
final class Belongings {

    private static final String PUBLICATION = "publication.name";
    private static final String SCHEMAS = "schema.history.internal.kafka.topic";

    private final PipelineKey key;
    private final Config source;
    private final Config sink;
    private final boolean ownsPublication;

    Belongings(PipelineState now) {
        key = now.key();
        source = now.source();
        sink = now.plan().sink();
        ownsPublication = now.plan().ownsPublication();
    }

    /** Of the names of the topics with its tables. */
    String prefix() {
        return key.topics() + ".";
    }

    /**
     * Its other topics. No prefix says which: ids may have hyphens, too. What is not called as its own would be is somebody
     * else's.
     */
    Set<String> others() {
        String heartbeats = source.get("topic.heartbeat.prefix");
        return Stream.of(
                        notifications(),
                        source.get(SCHEMAS),
                        source.get("signal.kafka.topic"),
                        heartbeats == null ? null : heartbeats + "." + source.get("topic.prefix"))
                .filter(Objects::nonNull)
                .filter(name -> name.startsWith(key.topics() + "-"))
                .collect(Collectors.toSet());
    }

    /** @return null when its source tells nothing */
    String notifications() {
        return source.get("notification.sink.topic.name");
    }

    /** What its sink reads. */
    Pattern read() {
        String regex = sink == null ? null : sink.get("topics.regex");
        return Pattern.compile(regex == null ? Pattern.quote(prefix()) + ".*" : regex);
    }

    /** The consumer group of its sink. */
    String group() {
        String own = sink == null ? null : sink.get("consumer.override.group.id");
        return own == null ? "connect-" + key.sink().connector() : own;
    }

    /** All consumer groups that it leaves behind: a source that keeps its schemas in a topic reads it in a group of its own. */
    List<String> groups() {
        return source.get(SCHEMAS) == null
                ? List.of(group())
                : List.of(group(), source.get("topic.prefix") + "-schemahistory");
    }

    /**
     * The publication that goes with it: its own, or the one that was its own before another one was named.
     *
     * @return empty when what is called so is somebody else's
     */
    Optional<String> publication() {
        String named = source.get(PUBLICATION);
        if (named == null || named.equals(key.slot())) {
            return ownsPublication ? Optional.of(key.slot()) : Optional.empty();
        }
        return Optional.of(ownsPublication ? named : key.slot());
    }

    /** @param opened the source's config, in clear */
    static Config withPublication(Config opened, String name) {
        return opened.with(PUBLICATION, name);
    }

    /** An older pipeline with the same topics, slot or group: two ids may differ in what has no place in the name of a slot. */
    static Optional<PipelineState> rival(PipelineState now, List<PipelineState> all) {
        return all.stream()
                .filter(other -> !other.key().equals(now.key()))
                .filter(other -> other.key().slot().equals(now.key().slot()))
                .filter(other -> BY_AGE.compare(other, now) < 0)
                .min(BY_AGE);
    }

    private static final Comparator<PipelineState> BY_AGE = Comparator.comparing(PipelineState::createdAt)
            .thenComparing(state -> state.key().toString());
}
