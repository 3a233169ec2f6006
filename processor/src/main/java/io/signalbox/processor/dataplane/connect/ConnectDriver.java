package io.signalbox.processor.dataplane.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.dataplane.Driver;
import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.dataplane.Observed;
import io.signalbox.processor.dataplane.Reply;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Kafka Connect through its public REST interface, and nothing else of it. */
final class ConnectDriver implements Driver {

    private final WorkerClient client;
    private final Limits limits;

    ConnectDriver(WorkerClient client, Limits limits) {
        this.client = client;
        this.limits = limits;
    }

    @Override
    public Set<String> names() {
        return parse(get("/connectors"), list -> {
            if (!list.isArray()) {
                throw new IllegalArgumentException("The answer is not a list");
            }
            Set<String> names = new LinkedHashSet<>();
            list.forEach(name -> names.add(name.asText()));
            return names;
        });
    }

    @Override
    public Map<String, ConnectorStatus> statuses() {
        return expand("status", ConnectJson::status);
    }

    @Override
    public Map<String, Config> configs() {
        return expand("info", ConnectJson::config);
    }

    @Override
    public Observed observe(String connector) {
        var info = ask(connector, "");
        return new Observed(
                info.absent() ? null : parse(expect(info), ConnectJson::config),
                status(connector).orElse(null));
    }

    @Override
    public Optional<ConnectorStatus> status(String connector) {
        var answer = ask(connector, "/status");
        return answer.absent() ? Optional.empty() : Optional.of(parse(expect(answer), ConnectJson::status));
    }

    @Override
    public void create(String connector, Config config, TargetState initialState) {
        if (connector.trim().equals(connector)) {
            change("POST", "/connectors", ConnectJson.create(connector, config, initialState));
        } else {
            // POST takes white space off a name, PUT leaves it on. It runs then, and the next look puts that right.
            putConfig(connector, config);
        }
    }

    @Override
    public void putConfig(String connector, Config config) {
        change("PUT", path(connector) + "/config", ConnectJson.write(config.values()));
    }

    @Override
    public void pause(String connector) {
        change("PUT", path(connector) + "/pause", null);
    }

    @Override
    public void resume(String connector) {
        change("PUT", path(connector) + "/resume", null);
    }

    @Override
    public void stop(String connector) {
        change("PUT", path(connector) + "/stop", null);
    }

    @Override
    public void delete(String connector) {
        var answer = client.send("DELETE", path(connector), null, limits.write());
        if (!answer.absent()) {
            expect(answer);
        }
    }

    @Override
    public void restart(String connector, boolean includeTasks, boolean onlyFailed) {
        change("POST", path(connector) + "/restart?includeTasks=" + includeTasks + "&onlyFailed=" + onlyFailed, null);
    }

    @Override
    public void restartTask(String connector, int task) {
        change("POST", path(connector) + "/tasks/" + task + "/restart", null);
    }

    @Override
    public String offsets(String connector, Duration timeout) {
        return parse(expect(client.send("GET", path(connector) + "/offsets", null, timeout)), ConnectJson::offsets);
    }

    @Override
    public String alterOffsets(String connector, String offsets) {
        return said(client.send("PATCH", path(connector) + "/offsets", ConnectJson.offsets(offsets), limits.write()));
    }

    @Override
    public String resetOffsets(String connector) {
        return said(client.send("DELETE", path(connector) + "/offsets", null, limits.write()));
    }

    @Override
    public Reply about(Duration timeout) {
        return reply(client.send("GET", "/", null, timeout));
    }

    @Override
    public Reply plugins(boolean connectorsOnly, Duration timeout) {
        return reply(client.send("GET", "/connector-plugins?connectorsOnly=" + connectorsOnly, null, timeout));
    }

    @Override
    public Reply validate(String plugin, Map<String, String> config, Duration timeout) {
        String path = "/connector-plugins/" + PathSegment.encode(plugin) + "/config/validate";
        return reply(client.send("PUT", path, ConnectJson.write(config), timeout));
    }

    @Override
    public Reply tasks(String connector, Duration timeout) {
        return reply(client.send("GET", path(connector) + "/tasks", null, timeout));
    }

    @Override
    public Reply topics(String connector, Duration timeout) {
        return reply(client.send("GET", path(connector) + "/topics", null, timeout));
    }

    @Override
    public Reply resetTopics(String connector, Duration timeout) {
        return reply(client.send("PUT", path(connector) + "/topics/reset", null, timeout));
    }

    @Override
    public Reply pluginConfig(String plugin, String version, Duration timeout) {
        String path = "/connector-plugins/" + PathSegment.encode(plugin) + "/config" + query("version", version);
        return reply(client.send("GET", path, null, timeout));
    }

    @Override
    public Reply loggers(Duration timeout) {
        return reply(client.sendInOrder("GET", "/admin/loggers", null, timeout));
    }

    @Override
    public Reply logger(String logger, Duration timeout) {
        return reply(client.sendInOrder("GET", "/admin/loggers/" + PathSegment.encode(logger), null, timeout));
    }

    @Override
    public Reply setLogger(String logger, Map<String, String> level, String scope, Duration timeout) {
        String path = "/admin/loggers/" + PathSegment.encode(logger) + query("scope", scope);
        return reply(client.sendInOrder("PUT", path, ConnectJson.write(level), timeout));
    }

    private <T> Map<String, T> expand(String what, Function<JsonNode, T> read) {
        return parse(get("/connectors?expand=" + what), all -> {
            if (!all.isObject()) {
                throw new IllegalArgumentException("The answer is not an object");
            }
            Map<String, T> byName = new LinkedHashMap<>();
            all.properties()
                    .forEach(entry -> readable(entry.getValue().path(what), read)
                            .ifPresent(value -> byName.put(entry.getKey(), value)));
            return byName;
        });
    }

    /** One that vanished during the listing is null there; and one that cannot be read must not hide the others. */
    private static <T> Optional<T> readable(JsonNode node, Function<JsonNode, T> read) {
        try {
            return node.isObject() ? Optional.of(read.apply(node)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Answer get(String path) {
        return expect(client.send("GET", path, null, limits.read()));
    }

    private Answer ask(String connector, String rest) {
        return client.send("GET", path(connector) + rest, null, limits.read());
    }

    private void change(String method, String path, byte[] body) {
        expect(client.send(method, path, body, limits.write()));
    }

    private static String path(String connector) {
        return "/connectors/" + PathSegment.encode(connector);
    }

    /** @param value null for none */
    private static String query(String name, String value) {
        return value == null ? "" : "?" + name + "=" + PathSegment.encode(value);
    }

    private static Answer expect(Answer answer) {
        if (!answer.ok()) {
            throw answer.failure();
        }
        return answer;
    }

    private static String said(Answer answer) {
        return parse(expect(answer), ConnectJson::message);
    }

    private static Reply reply(Answer answer) {
        return parse(answer, body -> new Reply(answer.status(), body, answer.worker()));
    }

    private static <T> T parse(Answer answer, Function<JsonNode, T> read) {
        try {
            return read.apply(ConnectJson.read(answer.body()));
        } catch (IllegalArgumentException e) {
            throw new DriverException(Kind.BROKEN, answer.status(), answer.worker(), e.getMessage(), e);
        }
    }
}
