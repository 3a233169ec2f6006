package io.signalbox.processor.codec;

import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;

/** Every record type of every topic, ready to be written and read. Safe for use by several threads. */
public final class Codecs {

    private final TopicNames topics;
    private final CommandCodec commands;
    private final EventCodec events;
    private final WireSerde<ConnectorState> connectorStates;
    private final WireSerde<ClusterState> clusterStates;
    private final WireSerde<AccessKey> accessKeys;
    private final WireSerde<StoredSecret> storedSecrets;
    private final WireSerde<PipelineState> pipelines;
    private final WireSerde<CommandOutcome> outcomes;

    public Codecs(TopicNames topics, AvroWire wire) {
        this.topics = topics;
        commands = new CommandCodec(wire, topics.commands());
        events = new EventCodec(wire, topics.lifecycle());
        connectorStates = new WireSerde<>(ConnectorState.class, wire);
        clusterStates = new WireSerde<>(ClusterState.class, wire);
        accessKeys = new WireSerde<>(AccessKey.class, wire);
        storedSecrets = new WireSerde<>(StoredSecret.class, wire);
        pipelines = new WireSerde<>(PipelineState.class, wire);
        outcomes = new WireSerde<>(CommandOutcome.class, wire);
    }

    public TopicNames topics() {
        return topics;
    }

    public CommandCodec commands() {
        return commands;
    }

    public EventCodec events() {
        return events;
    }

    public WireSerde<ConnectorState> connectorStates() {
        return connectorStates;
    }

    public WireSerde<ClusterState> clusterStates() {
        return clusterStates;
    }

    public WireSerde<AccessKey> accessKeys() {
        return accessKeys;
    }

    public WireSerde<StoredSecret> storedSecrets() {
        return storedSecrets;
    }

    public WireSerde<PipelineState> pipelines() {
        return pipelines;
    }

    public WireSerde<CommandOutcome> outcomes() {
        return outcomes;
    }
}
