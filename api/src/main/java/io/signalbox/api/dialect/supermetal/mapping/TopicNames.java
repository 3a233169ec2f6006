package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.processor.domain.PipelineKey;

/** The topics of a pipeline. */
record TopicNames(PipelineKey key) {

    /** What its topics of rows begin with; a dot, a schema or database, a dot and a table follow. */
    String prefix() {
        return key.topics();
    }

    /** Matches its topics of rows, and no others: an id has no dots, and what else begins like them has no second dot. */
    String ofRows() {
        return key.topics().replace(".", "\\.") + "\\.[^.]+\\..+";
    }

    /** Takes the topic of rows apart: schema or database, and table. */
    String parts() {
        return key.topics().replace(".", "\\.") + "\\.([^.]+)\\.(.+)";
    }

    String notifications() {
        return key.topics() + "-notifications";
    }

    /** What the name of the topic of heartbeats begins with; a dot and {@link #prefix} follow. */
    String heartbeats() {
        return key.topics() + "-heartbeat";
    }

    /** @return whether a topic of another pipeline could be taken for one of this one's, or the other way round */
    boolean ambiguous() {
        return key.id().matches(".*-(notifications|heartbeat|history)");
    }

    /** Of table structures, for sources that do not tell them with each change. */
    String history() {
        return key.topics() + "-history";
    }
}
