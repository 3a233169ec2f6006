package io.signalbox.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.api.openapi.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A caller of Kafka Connect's API, Signalbox's or a worker's own, below one base URL. Statuses are the test's to judge. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;

    Api(String base) {
        this.base = base;
    }

    /** @param body missing when there is none, or when it is no JSON */
    record Answer(int status, String text, JsonNode body, HttpResponse<String> whole) {

        /** @return null when the answer has no such header */
        String header(String name) {
            return whole.headers().firstValue(name).orElse(null);
        }

        String commandId() {
            return header("Signalbox-Command-Id");
        }

        String message() {
            return body.path("message").asText();
        }

        @Override
        public String toString() {
            return whole.request().method() + " " + whole.request().uri() + " -> " + status + " " + text;
        }
    }

    /** The same server, below another path. */
    Api below(String path) {
        return new Api(base + path);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer put(String path) {
        return send("PUT", path, null);
    }

    Answer post(String path) {
        return send("POST", path, null);
    }

    Answer put(String path, Object body, String... headers) {
        return send("PUT", path, json(body), headers);
    }

    Answer patch(String path, Object body) {
        return send("PATCH", path, json(body));
    }

    Answer post(String path, Object body, String... headers) {
        return send("POST", path, json(body), headers);
    }

    /** {@code POST /connectors}; the query may be empty. */
    Answer create(String name, Map<String, String> config, String query, String... headers) {
        return post("/connectors" + query, Map.of("name", name, "config", config), headers);
    }

    /** Registers a cluster with one worker, whose other connectors are other tests'. */
    Answer register(String cluster, String workerUrl) {
        return register(cluster, workerUrl, Map.of("poll_interval_ms", 200, "unmanaged", "report"));
    }

    Answer register(String cluster, String workerUrl, Map<String, Object> policies) {
        return put(
                "/signalbox/v1/environments/default/clusters/" + cluster,
                Map.of("workers", List.of(workerUrl), "policies", policies));
    }

    /** The state of a connector as its status says; empty when there is no status. */
    String state(String connector) {
        return get("/connectors/" + connector + "/status")
                .body()
                .path("connector")
                .path("state")
                .asText();
    }

    /** @param body null for none; sent as it is otherwise */
    Answer send(String method, String path, String body, String... headers) {
        var all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return exchange(method, path, body, all.toArray(String[]::new));
    }

    /** The same with these headers only, names and values by turns. */
    Answer exchange(String method, String path, String body, String... headers) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            if (answer.headers().firstValue("X-Request-Id").isPresent()) {
                // Signalbox's, and no worker's own.
                Contract.check(answer);
            }
            return new Answer(answer.statusCode(), answer.body(), parsed(answer.body()), answer);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + base + path + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer that does not end by itself; its body is to be closed. */
    HttpResponse<InputStream> stream(String path, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode read(byte[] json) throws IOException {
        return JSON.readTree(json);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** For comparisons, in which the order of the fields does not count. */
    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** Missing when there is nothing, or no JSON. */
    static JsonNode parsed(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }
}
