package io.signalbox.api.query;

import io.signalbox.processor.topology.StoreName;
import io.signalbox.processor.topology.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;

/** Which replica owns which partition, by Kafka Streams' own metadata. */
public final class Owners {

    private final Supplier<Collection<StreamsMetadata>> known;
    private final String commands;
    private final int partitionCount;

    public Owners(KafkaStreams streams, TopicNames topics, int partitionCount) {
        this(streams::metadataForAllStreamsClients, topics, partitionCount);
    }

    /** @param known what is known of each, itself included */
    Owners(Supplier<Collection<StreamsMetadata>> known, TopicNames topics, int partitionCount) {
        this.known = known;
        this.commands = topics.commands();
        this.partitionCount = partitionCount;
    }

    public int partitionCount() {
        return partitionCount;
    }

    /** As {@link #partitionOf(String, int)}. */
    public int partitionOf(String key) {
        return partitionOf(key, partitionCount);
    }

    /** The same choice as the producer's for a keyed record. */
    public static int partitionOf(String key, int partitionCount) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitionCount);
    }

    /** @return all that there are, as far as they are known here */
    Set<HostInfo> replicas() {
        return known.get().stream().map(replica -> replica.hostInfo()).collect(Collectors.toSet());
    }

    /** @return the replicas that keep a copy of it, in any order */
    public List<HostInfo> standbysOf(int partition) {
        return known.get().stream()
                .filter(replica -> replica.standbyStateStoreNames().contains(StoreName.CONNECTORS))
                .filter(replica ->
                        replica.standbyTopicPartitions().stream().anyMatch(copied -> copied.partition() == partition))
                .map(replica -> replica.hostInfo())
                .toList();
    }

    /** @return empty while nobody owns it */
    public Optional<HostInfo> ownerOf(int partition) {
        var source = new TopicPartition(commands, partition);
        return known.get().stream()
                .filter(replica -> replica.topicPartitions().contains(source))
                .map(replica -> replica.hostInfo())
                .findFirst();
    }
}
