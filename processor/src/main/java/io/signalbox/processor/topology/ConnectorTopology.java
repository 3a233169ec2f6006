package io.signalbox.processor.topology;

import io.signalbox.processor.codec.Codecs;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Commands in; events, tables and dead letters out, and answers to who waits; state stores between. One sub-topology, so that all stores
 * of a connector are in one place.
 */
public final class ConnectorTopology {

    static final String DECIDE = "decide";
    static final String TO_LIFECYCLE = "to-lifecycle";
    static final String TO_CONNECTORS = "to-connectors";
    static final String TO_CLUSTERS = "to-clusters";
    static final String TO_ACCESS = "to-access";
    static final String TO_SECRETS = "to-secrets";
    static final String TO_PIPELINES = "to-pipelines";
    static final String TO_DEAD_LETTER = "to-dead-letter";

    private ConnectorTopology() {}

    /**
     * @param answers told the outcome of every command that somebody may wait for
     * @param open told which partitions and stores can be read here
     * @param followUps where commands go that follow from others
     * @param desired told what connectors should be, ahead of the connector topic
     * @param faults what a test wants to happen at named points; {@link FaultPoints#NONE} in production
     */
    public static Topology build(
            Codecs codecs,
            OpenPartitions open,
            Answers answers,
            FollowUps followUps,
            DesiredStates desired,
            FaultPoints faults) {
        var topics = codecs.topics();
        var topology = new Topology();
        topology.addSource("commands", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.commands());
        topology.addProcessor(DECIDE, supplier(codecs, open, answers, followUps, desired, faults), "commands");
        sink(topology, TO_LIFECYCLE, topics.lifecycle());
        sink(topology, TO_CONNECTORS, topics.connectors());
        sink(topology, TO_CLUSTERS, topics.clusters());
        sink(topology, TO_ACCESS, topics.access());
        sink(topology, TO_SECRETS, topics.secrets());
        sink(topology, TO_PIPELINES, topics.pipelines());
        sink(topology, TO_DEAD_LETTER, topics.deadLetter());
        return topology;
    }

    private static void sink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), DECIDE);
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            Codecs codecs,
            OpenPartitions open,
            Answers answers,
            FollowUps followUps,
            DesiredStates desired,
            FaultPoints faults) {
        var commits = new PromptCommit();
        return new ProcessorSupplier<>() {
            @Override
            public CommandProcessor get() {
                return new CommandProcessor(codecs, open, answers, followUps, desired, commits, faults);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return new LinkedHashSet<>(StoreCatalogue.all(open));
            }
        };
    }
}
