package io.signalbox.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.query.DataPlane;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.secrets.PluginSecrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the target cluster what it thinks of a config, in bounded time. */
public final class ConfigValidation {

    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The worker is in trouble, or does not know us: that says nothing about the config. */
    private static final Set<Integer> NOT_ABOUT_THE_CONFIG = Set.of(401, 403, 404, 405, 408, 409, 429, 502, 503, 504);

    private final DataPlane dataPlane;

    public ConfigValidation(DataPlane dataPlane) {
        this.dataPlane = dataPlane;
    }

    /**
     * @param config has a {@code connector.class} and a {@code name}; null values are the cluster's to judge
     * @param deferred whether the caller wishes it not to be asked
     */
    public Verdict check(ClusterState cluster, Map<String, String> config, boolean deferred) {
        if (deferred) {
            return new Verdict.Unchecked("the caller asked for it");
        }
        if (!cluster.spec().policies().validate()) {
            return new Verdict.Unchecked("the cluster's policy is not to validate");
        }
        try {
            String plugin = simpleName(config.get("connector.class"));
            return read(dataPlane.validate(cluster.key(), plugin, config, PATIENCE));
        } catch (DataPlane.AwayException e) {
            return new Verdict.Unchecked(e.getMessage());
        }
    }

    /** The path wants a suffix of the class. */
    private static String simpleName(String connectorClass) {
        String simple = connectorClass.substring(connectorClass.lastIndexOf('.') + 1);
        return simple.isBlank() ? "none" : simple;
    }

    private static Verdict read(DataPlane.Reply reply) {
        if (reply.status() == 200) {
            return found(reply.body());
        }
        String message = WorkerWords.message(reply);
        boolean aboutTheConfig = !NOT_ABOUT_THE_CONFIG.contains(reply.status())
                && !message.startsWith("Request timed out")
                && !message.equals("Worker is shutting down");
        return aboutTheConfig ? new Verdict.Refused(message) : new Verdict.Unchecked(message);
    }

    private static Verdict found(JsonNode body) {
        List<String> errors = new ArrayList<>();
        ConnectorType type = ConnectorType.UNKNOWN;
        for (JsonNode config : body.path("configs")) {
            config.path("value").path("errors").forEach(error -> errors.add(error.asText()));
            type = typeBy(config.path("definition").path("name").asText(), type);
        }
        var passwords = PluginSecrets.passwords(PluginSecrets.definitions(body));
        boolean invalid = body.path("error_count").asInt() > 0 || !errors.isEmpty();
        return invalid
                ? new Verdict.Invalid(errors, passwords, PluginSecrets.resolved(body, passwords))
                : new Verdict.Valid(type, passwords);
    }

    /** Only sinks are asked for topics, only sources may create some. */
    private static ConnectorType typeBy(String definition, ConnectorType soFar) {
        return switch (definition) {
            case "topics" -> ConnectorType.SINK;
            case "topic.creation.groups" -> ConnectorType.SOURCE;
            default -> soFar;
        };
    }
}
