package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.api.dialect.WorkerFacts;
import io.signalbox.processor.domain.ClusterState;
import java.io.IOException;
import java.util.List;

/**
 * {@code ConnectCluster}: a cluster with what its workers say of themselves.
 *
 * @param name by which it was asked for
 * @param address of the worker that was registered first
 * @param info missing when no worker ever answered
 * @param plugins missing when no worker ever answered
 */
record ClusterJson(String name, String address, JsonNode info, JsonNode plugins) {

    private static final List<String> INFO = List.of("version", "commit", "kafka_cluster_id");
    private static final List<String> PLUGIN = List.of("type", "version", "class");

    /** Asks a worker, if nothing is known yet. */
    static ClusterJson of(String name, ClusterState cluster, WorkerFacts facts) {
        return new ClusterJson(
                name,
                cluster.spec().workers().getFirst(),
                facts.info(cluster.key()).orElse(MissingNode.getInstance()),
                facts.plugins(cluster.key(), true).orElse(MissingNode.getInstance()));
    }

    boolean known() {
        return !info.isMissingNode() && !plugins.isMissingNode();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("address", address);
        json.writeFieldName("info");
        texts(json, info, INFO);
        json.writeArrayFieldStart("plugins");
        for (JsonNode plugin : plugins) {
            texts(json, plugin, PLUGIN);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, JsonNode from, List<String> fields) throws IOException {
        json.writeStartObject();
        for (String field : fields) {
            json.writeStringField(field, from.path(field).asText(""));
        }
        json.writeEndObject();
    }
}
