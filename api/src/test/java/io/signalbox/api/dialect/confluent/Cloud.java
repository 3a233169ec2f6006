package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Json;
import io.signalbox.api.openapi.Example;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** What a client of Confluent Cloud has before it: some plugins, and this dialect below one path. For tests. */
final class Cloud implements AutoCloseable {

    static final String BASE = "/connect/v1/environments/default/clusters/local";
    static final String MASK = "****************";
    static final String DATAGEN = "io.confluent.kafka.connect.datagen.DatagenConnector";
    static final String GCS = "io.confluent.connect.gcs.GcsSinkConnector";
    static final String FILE = "org.apache.kafka.connect.file.FileStreamSourceConnector";

    private static final String PLUGINS = "[" + plugin(GCS, "sink") + "," + plugin(DATAGEN, "source") + ","
            + plugin("io.debezium.connector.mysql.MySqlConnector", "source") + ","
            + plugin("io.confluent.connect.s3.S3SinkConnector", "sink") + ","
            + plugin("com.example.CustomConnector", "source") + "," + plugin(FILE, "source") + "]";

    final Fixture f = Fixture.withClusters();

    Cloud() {
        f.worker.answersTo("plugins", 200, PLUGINS);
    }

    private static String plugin(String type, String kind) {
        return "{\"class\":\"" + type + "\",\"type\":\"" + kind + "\",\"version\":\"1.0\"}";
    }

    Fixture.Reply get(String path) {
        return f.get(BASE + path);
    }

    Fixture.Reply post(String path, String body) {
        return f.post(BASE + path, body);
    }

    Fixture.Reply put(String path, String body) {
        return f.put(BASE + path, body);
    }

    Fixture.Reply delete(String path) {
        return f.delete(BASE + path);
    }

    /** A body of a creation. @param more settings, names and values by turns */
    static String creation(String name, String type, String... more) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("name", name);
        body.set("config", Json.MAPPER.valueToTree(config(name, type, more)));
        return body.toString();
    }

    static Map<String, String> config(String name, String type, String... more) {
        var config = new TreeMap<>(Map.of("name", name, "connector.class", type));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConnectorKey created(String name) {
        var answer = post("/connectors", creation(name, "DatagenSource", "quickstart", "ORDERS"));
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return Fixture.LOCAL.connector(name);
    }

    ConnectorKey running(String name) {
        var key = created(name);
        seen(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        return key;
    }

    /** The worker has what is desired, and does this. */
    void seen(ConnectorKey key, RunState state, TaskStatus... tasks) {
        f.observed(key, state, tasks);
    }

    ConnectorState state(ConnectorKey key) {
        return f.log.find(key).orElseThrow();
    }

    /** The change of offsets that is under way is over. @param before what they were */
    void offsetsChanged(ConnectorKey key, boolean succeeded, String message, String before) {
        var now = state(key);
        var change = now.offsetsChange().orElseThrow();
        f.log.tell(
                key, new ReportOperation(now.uid(), change.id(), succeeded, message, succeeded ? null : 500, before));
    }

    String status(String name) {
        return get("/connectors/" + name + "/status")
                .json()
                .at("/connector/state")
                .asText();
    }

    /** As clients look for it. */
    String id(String name) {
        return get("/connectors?expand=info%2Cstatus%2Cid&expand=id")
                .json()
                .path(name)
                .at("/id/id")
                .asText();
    }

    /** An example of the documents that this project started from. */
    static JsonNode example(String name) {
        return Example.all("confluent").path(name);
    }

    @Override
    public void close() {
        f.close();
    }
}
