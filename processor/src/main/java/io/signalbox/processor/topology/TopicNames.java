package io.signalbox.processor.topology;

import io.signalbox.schemas.Topic;

/** The topics by name, under one prefix. */
public record TopicNames(String prefix) {

    public String commands() {
        return Topic.COMMANDS.name(prefix);
    }

    public String lifecycle() {
        return Topic.LIFECYCLE.name(prefix);
    }

    public String connectors() {
        return Topic.CONNECTORS.name(prefix);
    }

    public String clusters() {
        return Topic.CLUSTERS.name(prefix);
    }

    public String access() {
        return Topic.ACCESS.name(prefix);
    }

    public String secrets() {
        return Topic.SECRETS.name(prefix);
    }

    public String pipelines() {
        return Topic.PIPELINES.name(prefix);
    }

    public String outcomes() {
        return Topic.OUTCOMES.name(prefix);
    }

    public String deadLetter() {
        return Topic.DEAD_LETTER.name(prefix);
    }
}
