package io.signalbox.api.dialect.supermetal.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.api.dialect.supermetal.model.Fate.Kind;
import io.signalbox.api.dialect.supermetal.model.Gaps;
import io.signalbox.api.dialect.supermetal.model.Wrong;
import io.signalbox.processor.domain.PipelineKey;
import java.util.Optional;
import java.util.SortedMap;

/** Makes the configs of connectors of a definition. Nothing of the definition is left aside: what cannot be done is refused. */
public final class Mapper {

    private final String brokers;
    private final long retentionMs;

    /**
     * @param brokers of the Kafka of Signalbox and of the workers, with commas between
     * @param retentionMs how long topics between a source and a sink keep rows; -1 for ever
     */
    public Mapper(String brokers, long retentionMs) {
        this.brokers = brokers;
        this.retentionMs = retentionMs;
    }

    /**
     * @param connector normalised, with its secrets in clear
     * @throws io.signalbox.api.http.Refusal 422 naming the first field that asks for what cannot be done
     */
    public Mapped map(PipelineKey key, JsonNode connector) {
        Gaps.of(connector).stream()
                .filter(gap -> gap.fate().kind() == Kind.REFUSED)
                .findFirst()
                .ifPresent(gap -> {
                    throw Wrong.notRunnable(gap.pointer(), gap.fate().sentence());
                });
        var whole = new Tree(connector, "");
        var topics = new TopicNames(key);
        if (topics.ambiguous()) {
            throw Wrong.notRunnable("/id", "ends like the names of topics beside those of rows: use another one");
        }
        Tree limits = whole.at("limits");
        Source source = source(whole.at("source"));
        SortedMap<String, String> settings = source.settings(topics, limits);
        SortedMap<String, String> sink = sink(whole.at("sink"), topics, limits, source, settings);
        return new Mapped(
                settings,
                sink,
                source.ends(),
                ScheduleMapping.of(whole.at("schedule"), source.ends()),
                whole.flag("disabled"),
                source.ownsPublication());
    }

    /**
     * The config of a source alone, as it is towards Kafka.
     *
     * @param source normalised, with its secrets in clear; nothing of it may be refused
     */
    public SortedMap<String, String> source(PipelineKey key, JsonNode source) {
        return source(new Tree(source, "/source"))
                .settings(new TopicNames(key), new Tree(MissingNode.getInstance(), "/limits"));
    }

    /**
     * The config of a sink alone.
     *
     * @param sink normalised, with its secrets in clear; nothing of it may be refused
     * @return empty where there is no connector for it, because the source's own does the work
     */
    public Optional<SortedMap<String, String>> sink(PipelineKey key, JsonNode sink) {
        var union = new Tree(sink, "/sink");
        var limits = new Tree(MissingNode.getInstance(), "/limits");
        return switch (union.tag()) {
            case "postgres" ->
                Optional.of(new PostgresSink(union.chosen())
                        .settings(new TopicNames(key), limits, PostgresSource.OF_THE_SOURCE));
            case "kafka" -> {
                new KafkaSink(union.chosen(), brokers).requireOwn();
                yield Optional.empty();
            }
            default -> throw Wrong.notRunnable(union.chosen().pointer(), "is not run here");
        };
    }

    private Source source(Tree union) {
        return switch (union.tag()) {
            case "postgres" -> new PostgresSource(union.chosen());
            case "mysql" -> new MySqlSource(union.chosen(), brokers);
            default -> throw Wrong.notRunnable(union.chosen().pointer(), "is not run here");
        };
    }

    private SortedMap<String, String> sink(
            Tree union, TopicNames topics, Tree limits, Source source, SortedMap<String, String> settings) {
        return switch (union.tag()) {
            case "postgres" -> {
                source.towardsRows(settings);
                settings.put("topic.creation.default.retention.ms", Long.toString(retentionMs));
                settings.put("topic.creation.default.retention.bytes", "-1");
                yield new PostgresSink(union.chosen()).settings(topics, limits, source.targetSchema());
            }
            case "kafka" -> {
                new KafkaSink(union.chosen(), brokers).change(settings, source, topics);
                yield null;
            }
            default -> throw Wrong.notRunnable(union.chosen().pointer(), "is not run here");
        };
    }
}
