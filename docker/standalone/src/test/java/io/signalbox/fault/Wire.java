package io.signalbox.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.fault.Operation.Result;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** An operation as a request of the HTTP API, and the answer as what became of the operation. */
final class Wire {

    /** The config key that carries an operation's mark. */
    static final String MARK = "mark";

    /** Longer than a replica's own patience, so that it is the replica that says "unknown". */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<String, Map<String, String>> configs;

    /** @param configs by cluster: what the configs of its connectors hold besides their mark */
    Wire(Map<String, Map<String, String>> configs) {
        this.configs = configs;
    }

    HttpRequest request(String base, Operation asked) {
        String[] key = asked.key().split("/", 3);
        String cluster = "/environments/" + key[0] + "/clusters/" + key[1];
        String connector = cluster + "/connectors/" + key[2];
        HttpRequest.Builder request = switch (asked.kind()) {
            case CREATE -> to(base + cluster + "/connectors?validate=deferred").method("POST", creation(key, asked));
            case UPDATE -> to(base + connector + "/config?validate=deferred").method("PUT", json(config(key, asked)));
            case DELETE -> to(base + connector).DELETE();
            case PAUSE -> to(base + connector + "/pause").PUT(BodyPublishers.noBody());
            case RESUME -> to(base + connector + "/resume").PUT(BodyPublishers.noBody());
            case STOP -> to(base + connector + "/stop").PUT(BodyPublishers.noBody());
            case STRONG_READ -> to(base + "/signalbox/v1" + connector).header("Signalbox-Consistency", "strong");
            case READ_WITH_TOKEN -> to(base + connector).header("Signalbox-Position", asked.token());
        };
        if (asked.id() != null) {
            request.header("Idempotency-Key", asked.id());
        }
        if (asked.ifMatch() != null) {
            request.header("If-Match", asked.ifMatch().equals("*") ? "*" : '"' + asked.ifMatch() + '"');
        }
        return request.build();
    }

    private static HttpRequest.Builder to(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE).header("Content-Type", "application/json");
    }

    private HttpRequest.BodyPublisher creation(String[] key, Operation asked) {
        Map<String, Object> body = new TreeMap<>(Map.of("name", key[2], "config", config(key, asked)));
        if (asked.initialState() != null) {
            body.put("initial_state", asked.initialState());
        }
        return json(body);
    }

    private Map<String, String> config(String[] key, Operation asked) {
        Map<String, String> config = new TreeMap<>(configs.get(key[1]));
        config.put(MARK, asked.config());
        return config;
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofString(History.JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * @param at when it was there
     * @throws IllegalStateException for an answer that no client can make sense of
     */
    Operation ended(Operation asked, long at, HttpResponse<String> answer) {
        String where = answer.headers().firstValue("Signalbox-Position").orElse(null);
        String by = answer.headers().firstValue("Signalbox-Served-By").orElseGet(() -> address(answer));
        int status = answer.statusCode();
        if (status == 503 && answer.body().contains("nothing has changed")) {
            return asked.ended(at, Result.REFUSED, Operation.NOT_TAKEN, null, null, by);
        }
        if (status >= 500) {
            return asked.ended(at, Result.UNKNOWN, null, null, null, by);
        }
        if (!asked.kind().read() && where == null) {
            throw new IllegalStateException(answer.request().method() + " " + answer.uri() + " -> " + status + " "
                    + answer.body() + ", without a position");
        }
        if (status < 300) {
            return read(asked, at, answer, where, by);
        }
        String code = switch (status) {
            case 404 -> Connector.NOT_FOUND;
            case 409 -> Connector.ALREADY_EXISTS;
            case 412 -> Connector.PRECONDITION_FAILED;
            default ->
                throw new IllegalStateException(
                        answer.request().method() + " " + answer.uri() + " -> " + status + " " + answer.body());
        };
        return asked.ended(at, Result.REFUSED, code, null, where, by);
    }

    private static Operation read(Operation asked, long at, HttpResponse<String> answer, String where, String by) {
        if (answer.body().isEmpty()) {
            return asked.ended(at, Result.OK, null, null, where, by);
        }
        JsonNode body;
        try {
            body = History.JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer.uri() + " answered with no JSON: " + answer.body(), e);
        }
        if (body.has("desired")) {
            return whole(asked, at, body, where, by);
        }
        String tag = answer.headers()
                .firstValue("ETag")
                .map(quoted -> quoted.replace("\"", ""))
                .orElse(null);
        boolean ofConfig = tag != null && tag.startsWith("config-");
        var seen = new Seen(
                tag == null || ofConfig ? null : Long.valueOf(tag),
                ofConfig ? Long.valueOf(tag.substring("config-".length())) : null,
                null,
                body.path("config").path(MARK).asText(null));
        return asked.ended(at, Result.OK, null, seen, where, by);
    }

    /** Our own dialect shows what is on its way out, which the others, and the model, call gone. */
    private static Operation whole(Operation asked, long at, JsonNode body, String where, String by) {
        if (!body.path("phase").asText().equals("ACTIVE")) {
            return asked.ended(at, Result.REFUSED, Connector.NOT_FOUND, null, where, by);
        }
        JsonNode desired = body.path("desired");
        var seen = new Seen(
                body.path("revision").longValue(),
                desired.path("config_revision").longValue(),
                TargetState.valueOf(desired.path("target_state").asText()),
                desired.path("config").path(MARK).asText(null));
        return asked.ended(at, Result.OK, null, seen, where, by);
    }

    private static String address(HttpResponse<?> answer) {
        return answer.uri().getAuthority();
    }
}
