package io.signalbox.api.pipeline;

import io.signalbox.processor.dataplane.pipeline.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics and groups of pipelines, by Kafka's admin client. */
public final class KafkaTopics implements Topics {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final int LOOKS = 50;

    private final Admin admin;

    /** @param admin of the Kafka that the workers use; stays the caller's */
    public KafkaTopics(Admin admin) {
        this.admin = admin;
    }

    /** @throws KafkaException when one may be there still */
    @Override
    public void delete(String prefix, Set<String> names) {
        Predicate<String> meant = topic -> topic.startsWith(prefix) || names.contains(topic);
        for (int look = 0; look < LOOKS; look++) {
            Set<String> there = topics(meant);
            if (there.isEmpty()) {
                return;
            }
            for (var deletion : admin.deleteTopics(there).topicNameValues().entrySet()) {
                get(deletion.getValue(), UnknownTopicOrPartitionException.class);
            }
            pause();
        }
        throw new KafkaException("Topics are there still: " + topics(meant));
    }

    @Override
    public long lag(String group, Pattern topics) {
        List<TopicPartition> partitions = partitions(topics(topics.asMatchPredicate()));
        var ends = offsets(partitions, OffsetSpec.latest());
        var begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        return partitions.stream()
                .mapToLong(partition -> {
                    var at = committed.get(partition);
                    long begin = begins.get(partition).offset();
                    return Math.max(
                            0, ends.get(partition).offset() - (at == null ? begin : Math.max(begin, at.offset())));
                })
                .sum();
    }

    @Override
    public Backlog backlog(String group, Pattern topics, Instant now) {
        Set<String> read = topics(topics.asMatchPredicate());
        List<TopicPartition> partitions = partitions(read);
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        ToLongFunction<TopicPartition> at = partition ->
                committed.containsKey(partition) ? committed.get(partition).offset() : 0;
        boolean lost = offsets(partitions, OffsetSpec.earliest()).entrySet().stream()
                .anyMatch(begin ->
                        at.applyAsLong(begin.getKey()) < begin.getValue().offset());
        if (lost) {
            return Backlog.LOST;
        }
        Map<TopicPartition, OffsetSpec> halves = new HashMap<>();
        Map<String, Duration> kept = kept(read);
        for (TopicPartition partition : partitions) {
            Duration time = kept.get(partition.topic());
            if (!time.isNegative()) {
                long half = now.minus(time.dividedBy(2)).toEpochMilli();
                halves.put(partition, OffsetSpec.forTimestamp(half));
            }
        }
        var ends = offsets(halves.keySet(), OffsetSpec.latest());
        boolean ageing = offsets(halves).entrySet().stream().anyMatch(half -> {
            // Where no record is younger, all are older.
            var younger = half.getValue().offset() < 0 ? ends.get(half.getKey()) : half.getValue();
            return at.applyAsLong(half.getKey()) < younger.offset();
        });
        return ageing ? Backlog.AGEING : Backlog.FRESH;
    }

    @Override
    public Map<String, Long> ends(Pattern topics) {
        return offsets(partitions(topics(topics.asMatchPredicate())), OffsetSpec.latest()).entrySet().stream()
                .collect(Collectors.toMap(
                        end -> end.getKey().toString(), end -> end.getValue().offset()));
    }

    @Override
    public boolean committed(String group, Map<String, Long> ends) {
        Map<String, Long> reached = new HashMap<>();
        committed(group).forEach((partition, at) -> {
            if (at != null) {
                reached.put(partition.toString(), at.offset());
            }
        });
        Set<String> there = topics(any -> true);
        return ends.entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .filter(end ->
                        there.contains(end.getKey().substring(0, end.getKey().lastIndexOf('-'))))
                .allMatch(end -> reached.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private List<TopicPartition> partitions(Set<String> topics) {
        return get(admin.describeTopics(topics).allTopicNames()).entrySet().stream()
                .flatMap(topic -> topic.getValue().partitions().stream()
                        .map(partition -> new TopicPartition(topic.getKey(), partition.partition())))
                .toList();
    }

    /** For how long topics keep their records; negative for ever. */
    private Map<String, Duration> kept(Set<String> topics) {
        var resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return get(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        config -> config.getKey().name(),
                        config -> Duration.ofMillis(Long.parseLong(config.getValue()
                                .get(TopicConfig.RETENTION_MS_CONFIG)
                                .value()))));
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return offsets(partitions.stream().collect(Collectors.toMap(partition -> partition, any -> spec)));
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Map<TopicPartition, OffsetSpec> specs) {
        return specs.isEmpty() ? Map.of() : get(admin.listOffsets(specs).all());
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        var offsets = get(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group),
                GroupIdNotFoundException.class);
        return offsets == null ? Map.of() : new HashMap<>(offsets);
    }

    /** @throws KafkaException when it may be there still, as while it has members */
    @Override
    public void deleteGroup(String group) {
        get(admin.deleteConsumerGroups(List.of(group)).all(), GroupIdNotFoundException.class);
    }

    private Set<String> topics(Predicate<String> which) {
        return get(admin.listTopics().names()).stream().filter(which).collect(Collectors.toSet());
    }

    private static <T> T get(KafkaFuture<T> future) {
        return AdminAnswers.get(future, PATIENCE);
    }

    private static <T> T get(KafkaFuture<T> future, Class<? extends Exception> none) {
        return AdminAnswers.get(future, PATIENCE, none);
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(AGAIN.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", e);
        }
    }
}
