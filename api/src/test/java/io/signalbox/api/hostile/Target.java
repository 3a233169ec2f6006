package io.signalbox.api.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A route, and how to ask for it. For tests.
 *
 * @param template with its parameters in braces
 * @param allowed all methods of this template
 */
public record Target(String method, String template, Set<String> allowed) {

    private static final String BASE = "/environments/{env}/clusters/{cluster}";
    private static final String CONNECTOR = "/signalbox/v1" + BASE + "/connectors/{connector}";
    private static final String QUOTA = "/signalbox/v1/environments/{env}/quota";
    private static final String CONFLUENT = "/connect/v1" + BASE;
    private static final String REDPANDA = "/v1/kafka-connect/clusters/{cluster}";
    private static final String ALPHA = "/v1alpha2/";
    private static final String SUPERMETAL = "/api/v1/";
    private static final String END =
            "\"connection\":{\"host\":\"127.0.0.1\",\"port\":9,\"user\":\"u\",\"password\":\"p\",\"database\":\"d\"}";
    private static final String SOURCE = "\"source\":{\"mysql\":{" + END + "}}";
    private static final String SINK = "\"sink\":{\"postgres\":{" + END + "}}";
    private static final String PIPELINE = "{\"id\":\"\",\"disabled\":true," + SOURCE + "," + SINK + "}";

    /** A body that each route would take which reads one. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /connectors", "{\"name\":\"hostile\",\"config\":{\"connector.class\":\"X\",\"k\":\"v\"}}"),
            Map.entry("PUT /connectors/{connector}/config", "{\"connector.class\":\"X\",\"k\":\"v\"}"),
            Map.entry("PATCH /connectors/{connector}/config", "{\"connector.class\":\"X\",\"k\":\"v\"}"),
            Map.entry(
                    "PATCH /connectors/{connector}/offsets",
                    "{\"offsets\":[{\"partition\":{\"p\":\"1\"},\"offset\":{\"o\":1}}]}"),
            Map.entry("PUT /connector-plugins/{plugin}/config/validate", "{\"connector.class\":\"X\",\"k\":\"v\"}"),
            Map.entry("PUT /admin/loggers/{logger}", "{\"level\":\"DEBUG\"}"),
            Map.entry("PUT /signalbox/v1" + BASE, "{\"workers\":[\"http://127.0.0.1:9\"]}"),
            Map.entry("POST /signalbox/v1/access/keys", "{\"name\":\"hostile\",\"grants\":[\"viewer\"]}"),
            Map.entry("POST " + CONNECTOR + "/rollback", "{\"revision\":1}"),
            Map.entry("POST " + CONNECTOR + "/undelete", "{\"offsets\":\"keep\"}"),
            Map.entry("PUT " + QUOTA, "{\"connectors\":10}"),
            Map.entry(
                    "POST " + CONFLUENT + "/connectors",
                    "{\"name\":\"hostile\",\"config\":{\"connector.class\":\"X\"}}"),
            Map.entry("PUT " + CONFLUENT + "/connectors/{connector}/config", "{\"connector.class\":\"X\",\"k\":\"v\"}"),
            Map.entry("POST " + CONFLUENT + "/connectors/{connector}/offsets/request", "{\"type\":\"DELETE\"}"),
            Map.entry(
                    "PUT " + CONFLUENT + "/connector-plugins/{plugin}/config/validate", "{\"connector.class\":\"X\"}"),
            Map.entry(
                    "PUT " + CONFLUENT + "/connector-plugins/{plugin}/config/translate", "{\"connector.class\":\"X\"}"),
            Map.entry(
                    "POST " + REDPANDA + "/connectors",
                    "{\"name\":\"hostile\",\"config\":{\"connector.class\":\"X\"}}"),
            Map.entry("POST " + REDPANDA + "/secrets", "{\"name\":\"hostile\",\"secret_data\":\"c2VjcmV0\"}"),
            Map.entry("PUT " + REDPANDA + "/secrets/{id}", "{\"secret_data\":\"c2VjcmV0\"}"),
            Map.entry("PUT " + REDPANDA + "/connectors/{connector}/config", "{\"connector.class\":\"X\",\"k\":\"v\"}"),
            Map.entry("POST " + SUPERMETAL + "connectors", PIPELINE),
            Map.entry("POST " + SUPERMETAL + "connectors/{pipeline}", PIPELINE),
            Map.entry("PATCH " + SUPERMETAL + "connectors/{pipeline}", "{\"name\":\"hostile\"}"),
            Map.entry("POST " + SUPERMETAL + "connector/command/{pipeline}", "{\"command\":\"Stop\"}"),
            Map.entry(
                    "POST " + SUPERMETAL + "connectors/{pipeline}/tasks",
                    "{\"Snapshot\":{\"schema\":\"s\",\"name\":\"t\"}}"),
            Map.entry("POST " + SUPERMETAL + "debug/connector", PIPELINE),
            Map.entry("POST " + SUPERMETAL + "catalog/source", "{" + SOURCE + "}"),
            Map.entry("POST " + SUPERMETAL + "validate/source", "{" + SOURCE + "}"),
            Map.entry("POST " + SUPERMETAL + "validate/sink", "{" + SINK + "}"),
            Map.entry(
                    "POST " + SUPERMETAL + "validate/buffer", "{\"buffer\":{\"object_store\":{\"url\":\"s3://b\"}}}"));

    /** Those that change something, and do not look at a body. */
    private static final Set<String> WITHOUT_BODY = Set.of(
            "DELETE /connectors/{connector}",
            "DELETE /connectors/{connector}/offsets",
            "PUT /connectors/{connector}/pause",
            "PUT /connectors/{connector}/resume",
            "PUT /connectors/{connector}/stop",
            "POST /connectors/{connector}/restart",
            "POST /connectors/{connector}/tasks/{task}/restart",
            "POST /connectors/{connector}/tasks",
            "PUT /connectors/{connector}/fence",
            "PUT /connectors/{connector}/topics/reset",
            "POST " + CONNECTOR + "/offsets/undo",
            "DELETE /signalbox/v1" + BASE,
            "DELETE /signalbox/v1/access/keys/{key}",
            "DELETE " + QUOTA,
            "DELETE " + CONFLUENT + "/connectors/{connector}",
            "PUT " + CONFLUENT + "/connectors/{connector}/pause",
            "PUT " + CONFLUENT + "/connectors/{connector}/resume",
            "POST " + CONFLUENT + "/connectors/{connector}/restart",
            "DELETE " + REDPANDA + "/connectors/{connector}",
            "DELETE " + REDPANDA + "/secrets/{id}",
            "PUT " + REDPANDA + "/connectors/{connector}/pause",
            "PUT " + REDPANDA + "/connectors/{connector}/resume",
            "PUT " + REDPANDA + "/connectors/{connector}/stop",
            // It may have one.
            "POST " + REDPANDA + "/connectors/{connector}/restart",
            "PUT " + REDPANDA + "/connectors/{connector}/topics/reset",
            "POST " + SUPERMETAL + "ssh-keys",
            "POST " + SUPERMETAL + "connectors/{pipeline}/tasks/{task}/cancel",
            "POST " + SUPERMETAL + "connectors/{pipeline}/tasks/{task}/retry");

    /** Those that no command follows from: they go to the worker, or nowhere. */
    private static final Set<String> WITHOUT_COMMAND = Set.of(
            "PUT /connector-plugins/{plugin}/config/validate",
            "PUT /admin/loggers/{logger}",
            "PUT /connectors/{connector}/topics/reset",
            "POST /connectors/{connector}/tasks",
            "PUT /connectors/{connector}/fence",
            "PUT " + CONFLUENT + "/connector-plugins/{plugin}/config/validate",
            "PUT " + CONFLUENT + "/connector-plugins/{plugin}/config/translate",
            "PUT " + REDPANDA + "/connectors/{connector}/topics/reset",
            "POST " + SUPERMETAL + "ssh-keys",
            "POST " + SUPERMETAL + "debug/connector",
            "POST " + SUPERMETAL + "catalog/source",
            "POST " + SUPERMETAL + "validate/source",
            "POST " + SUPERMETAL + "validate/sink",
            "POST " + SUPERMETAL + "validate/buffer");

    /**
     * What only a worker knows is 503 while none answers, offsets that were never read among it: docs/kafka-connect.md,
     * {@code d_absent_worker_is_503_where_only_it_knows}.
     */
    private static final Set<String> OF_THE_WORKER = Set.of(
            "/connector-plugins",
            "/admin/loggers",
            "/connectors/{connector}/tasks",
            "/connectors/{connector}/topics",
            "/connectors/{connector}/offsets",
            CONFLUENT + "/connector-plugins",
            CONFLUENT + "/connectors/{connector}/tasks",
            CONFLUENT + "/connectors/{connector}/offsets",
            REDPANDA + "/connectors/{connector}/topics");

    /** All of a table of methods by template, HEAD with each GET. */
    public static List<Target> of(Map<String, ? extends Iterable<String>> served) {
        List<Target> targets = new ArrayList<>();
        served.forEach((template, methods) -> {
            List<String> all = new ArrayList<>(List.of("OPTIONS"));
            methods.forEach(all::add);
            if (all.contains("GET") && !all.contains("HEAD")) {
                all.add("HEAD");
            }
            Set<String> allowed = Set.copyOf(all);
            all.stream().sorted().forEach(method -> targets.add(new Target(method, template, allowed)));
        });
        targets.forEach(Target::requireKnown);
        return targets;
    }

    private void requireKnown() {
        if (changes() && !BODIES.containsKey(route()) && !WITHOUT_BODY.contains(route())) {
            throw new IllegalStateException("Say in Target what body " + this + " reads, or that it reads none");
        }
    }

    /** Kafka Connect's API is served for each cluster: without that part of the path. Redpanda's has two versions. */
    private String suffix() {
        if (template.startsWith(ALPHA)) {
            return template.replace(ALPHA, "/v1/");
        }
        return template.startsWith(BASE) ? template.substring(BASE.length()) : template;
    }

    private String route() {
        return method + " " + suffix();
    }

    boolean changes() {
        return !Set.of("GET", "HEAD", "OPTIONS").contains(method);
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether it reads the request's body. */
    boolean takesBody() {
        return BODIES.containsKey(route());
    }

    /** How often it has its turn: there is more that can be wrong with what changes something. */
    int weight() {
        if (takesBody()) {
            return 4;
        }
        return changes() ? 2 : 1;
    }

    /** Whether a command follows from it when all is well. */
    boolean commands() {
        return changes() && !WITHOUT_COMMAND.contains(route());
    }

    boolean ofTheWorker() {
        // A class of Confluent Cloud is looked up among the plugins.
        return suffix().equals(REDPANDA)
                || (confluent() && takesBody())
                || OF_THE_WORKER.stream().anyMatch(part -> suffix().startsWith(part));
    }

    boolean confluent() {
        return template.startsWith(CONFLUENT);
    }

    boolean redpanda() {
        return suffix().startsWith("/v1/");
    }

    boolean supermetal() {
        return suffix().startsWith(SUPERMETAL) || suffix().equals("/snapshots");
    }

    /** A body that it would take. */
    String body() {
        return BODIES.get(route());
    }

    boolean is(String methodAndSuffix) {
        return route().equals(methodAndSuffix);
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
