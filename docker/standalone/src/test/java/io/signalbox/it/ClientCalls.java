package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.sourcelab.kafka.connect.apiclient.Configuration;
import org.sourcelab.kafka.connect.apiclient.KafkaConnectClient;
import org.sourcelab.kafka.connect.apiclient.request.dto.ConnectorPluginConfigDefinition;
import org.sourcelab.kafka.connect.apiclient.request.dto.NewConnectorDefinition;
import org.sourcelab.kafka.connect.apiclient.request.post.PostConnectorRestart;
import org.sourcelab.kafka.connect.apiclient.rest.exceptions.InvalidRequestException;
import org.sourcelab.kafka.connect.apiclient.rest.exceptions.ResourceNotFoundException;

/**
 * The life of two connectors as {@code org.sourcelab:kafka-connect-client} leads it, and what it was told on the way. Public
 * because it is called from another class loader: {@link ClientOwnJars}.
 */
public final class ClientCalls {

    /** The same text for equal results. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private static final String SOURCE = "client-source";
    private static final String SINK = "client-sink";
    private static final Duration LONG = Duration.ofSeconds(40);

    private final Twins.Side side;
    private final Path lines;
    private final KafkaConnectClient client;
    private final Map<String, String> told = new LinkedHashMap<>();

    private ClientCalls(Twins.Side side, Path lines) {
        this.side = side;
        this.lines = lines;
        client = new KafkaConnectClient(new Configuration(side.url()));
    }

    /** @return by the client's method and what it was asked about, in the order in which it was asked */
    public static Map<String, String> all(String tag, String url, String worker, Path lines) {
        var calls = new ClientCalls(new Twins.Side(tag, url, worker), lines);
        calls.begin();
        calls.read();
        calls.restart();
        calls.change();
        calls.refuse();
        calls.end();
        return calls.told;
    }

    private void begin() {
        ask("getConnectServerVersion", "the worker", client::getConnectServerVersion);
        ask("getConnectorPlugins", "all", client::getConnectorPlugins);
        ask("validateConnectorPluginConfig", "a good config", () -> validate(source()));
        ask(
                "validateConnectorPluginConfig",
                "a bad config",
                () -> validate(FileConnectors.with(source(), "tasks.max", "-1")));
        ask("addConnector", "a source", () -> add(SOURCE, source()));
        ask("addConnector", "a sink", () -> add(SINK, sink()));
        await(SOURCE, "RUNNING", 1);
        await(SINK, "RUNNING", 1);
    }

    private void read() {
        ask("getConnectors", "all", () -> new TreeSet<>(client.getConnectors()));
        ask(
                "getConnectorsWithExpandedStatus",
                "all",
                () -> client.getConnectorsWithExpandedStatus().getMappedStatuses());
        ask(
                "getConnectorsWithExpandedInfo",
                "all",
                () -> client.getConnectorsWithExpandedInfo().getMappedDefinitions());
        ask(
                "getConnectorsWithAllExpandedMetadata",
                "info",
                () -> client.getConnectorsWithAllExpandedMetadata().getMappedDefinitions());
        ask(
                "getConnectorsWithAllExpandedMetadata",
                "status",
                () -> client.getConnectorsWithAllExpandedMetadata().getMappedStatuses());
        ask("getConnector", "a source", () -> client.getConnector(SOURCE));
        ask("getConnector", "a sink", () -> client.getConnector(SINK));
        ask("getConnectorConfig", "a source", () -> client.getConnectorConfig(SOURCE));
        ask("getConnectorStatus", "a source", () -> client.getConnectorStatus(SOURCE));
        ask("getConnectorTasks", "a source", () -> client.getConnectorTasks(SOURCE));
        ask("getConnectorTaskStatus", "a task", () -> client.getConnectorTaskStatus(SINK, 0));
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(client.getConnectorTopics(SOURCE).getTopics())
                                .isNotEmpty());
        ask("getConnectorTopics", "a source", () -> client.getConnectorTopics(SOURCE));
        ask("getConnectorTopics", "none", () -> client.getConnectorTopics("none"));
    }

    private void restart() {
        ask("restartConnector", "a connector", () -> client.restartConnector(SOURCE));
        await(SOURCE, "RUNNING", 1);
        ask(
                "restartConnector",
                "with its tasks",
                () -> client.restartConnector(
                        new PostConnectorRestart(SOURCE).withIncludeTasks(true).withOnlyFailed(false)));
        await(SOURCE, "RUNNING", 1);
        ask("restartConnectorTask", "a task", () -> client.restartConnectorTask(SINK, 0));
        await(SINK, "RUNNING", 1);
    }

    private void change() {
        ask(
                "updateConnectorConfig",
                "a source",
                () -> client.updateConnectorConfig(SOURCE, FileConnectors.with(source(), "batch.size", "7")));
        await(SOURCE, "RUNNING", 1);
        ask("pauseConnector", "a connector", () -> client.pauseConnector(SOURCE));
        await(SOURCE, "PAUSED", 1);
        ask("getConnectorStatus", "a paused one", () -> client.getConnectorStatus(SOURCE));
        ask("resumeConnector", "a connector", () -> client.resumeConnector(SOURCE));
        await(SOURCE, "RUNNING", 1);
        ask("stopConnector", "a connector", () -> client.stopConnector(SOURCE));
        await(SOURCE, "STOPPED", 0);
        ask("getConnectorStatus", "a stopped one", () -> client.getConnectorStatus(SOURCE));
        ask("getConnectorTasks", "a stopped one", () -> client.getConnectorTasks(SOURCE));
        ask("resetConnectorTopics", "a connector", () -> client.resetConnectorTopics(SOURCE));
    }

    private void refuse() {
        ask("addConnector", "a name that is taken", () -> add(SINK, sink()));
        ask("addConnector", "a bad config", () -> add("bad", FileConnectors.with(source(), "tasks.max", "-1")));
        ask("getConnector", "none", () -> client.getConnector("none"));
        ask("getConnectorConfig", "none", () -> client.getConnectorConfig("none"));
        ask("getConnectorStatus", "none", () -> client.getConnectorStatus("none"));
        ask("getConnectorTasks", "none", () -> client.getConnectorTasks("none"));
        ask("getConnectorTaskStatus", "none", () -> client.getConnectorTaskStatus("none", 0));
        ask("restartConnector", "none", () -> client.restartConnector("none"));
        ask("restartConnectorTask", "none", () -> client.restartConnectorTask(SINK, 9));
        ask("pauseConnector", "none", () -> client.pauseConnector("none"));
        ask("deleteConnector", "none", () -> client.deleteConnector("none"));
    }

    private void end() {
        ask("deleteConnector", "a connector", () -> client.deleteConnector(SOURCE));
        ask("deleteConnector", "a sink", () -> client.deleteConnector(SINK));
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(client.getConnectors()).isEmpty());
        ask("getConnectors", "none", client::getConnectors);
    }

    private Object add(String name, Map<String, String> config) {
        return client.addConnector(NewConnectorDefinition.newBuilder()
                .withName(name)
                .withConfig(config)
                .build());
    }

    private Object validate(Map<String, String> config) {
        return client.validateConnectorPluginConfig(ConnectorPluginConfigDefinition.newBuilder()
                .withName("FileStreamSource")
                .withConfig(FileConnectors.with(config, "name", SOURCE))
                .build());
    }

    private Map<String, String> source() {
        return FileConnectors.source(lines, "client-lines-" + side.tag());
    }

    private Map<String, String> sink() {
        var config = FileConnectors.sink(lines.resolveSibling(side.tag()), "client-lines-" + side.tag());
        return FileConnectors.with(config, "consumer.override.group.id", "client-" + side.tag());
    }

    /** A worker that is rebalancing says so with a 409; then the client is to ask again. */
    private void ask(String method, String of, Callable<?> call) {
        String answer = Awaitility.await(method + ", " + of)
                .atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> answer(call), said -> !said.contains("Cannot complete request"));
        told.put(method + ", " + of, side.neutral(answer));
    }

    private static String answer(Callable<?> call) throws Exception {
        try {
            return JSON.writeValueAsString(call.call());
        } catch (InvalidRequestException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private void await(String name, String state, int tasks) {
        Awaitility.await(side.tag() + " " + name + " " + state)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(ResourceNotFoundException.class)
                .untilAsserted(() -> {
                    var status = client.getConnectorStatus(name);
                    assertThat(status.getConnector()).containsEntry("state", state);
                    assertThat(status.getTasks())
                            .hasSize(tasks)
                            .allMatch(task -> task.getState().equals(state));
                });
    }
}
