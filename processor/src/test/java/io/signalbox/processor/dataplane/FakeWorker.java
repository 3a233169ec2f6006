package io.signalbox.processor.dataplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Kafka Connect worker at the network's edge that keeps connectors in memory, and lies as it is told. */
public final class FakeWorker implements AutoCloseable {

    public static final String NOT_STOPPED =
            "Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the"
                    + " specified connector by issuing a 'PUT' request to the '/connectors/c/stop' endpoint";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OFFSETS =
            "[{\"partition\":{\"b\":1},\"offset\":{}},{\"partition\":{\"a\":1},\"offset\":{}}]";

    /** What a request meets instead of, or after, the worker's work. */
    public interface Lie {
        /** @return null to answer truthfully */
        FakeAnswer about(String method, String path);
    }

    private record Connector(ObjectNode config, String state) {}

    private final Map<String, Connector> connectors = new ConcurrentHashMap<>();
    private final Map<String, String> offsets = new ConcurrentHashMap<>();
    private final Map<String, String> lingering = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Lie lie = (method, path) -> null;
    private volatile boolean lingers;

    public FakeWorker() {
        this(0);
    }

    public FakeWorker(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void lie(Lie next) {
        lie = next;
    }

    public void truth() {
        lie = (method, path) -> null;
    }

    /** Whether the status of a deleted connector stays. */
    public void linger(boolean on) {
        lingers = on;
        if (!on) {
            lingering.clear();
        }
    }

    public void put(String name, Map<String, String> config, String state) {
        connectors.put(name, new Connector(JSON.valueToTree(config), state));
    }

    public void remove(String name) {
        connectors.remove(name);
    }

    public String state(String name) {
        var connector = connectors.get(name);
        return connector == null ? null : connector.state();
    }

    /** What was set last; null before. */
    public String offsets(String name) {
        return offsets.get(name);
    }

    public String value(String name) {
        var connector = connectors.get(name);
        return connector == null ? null : connector.config().path("value").asText();
    }

    /** {@code METHOD /raw/path?query} of all requests, in their order. */
    public List<String> requests() {
        return requests;
    }

    public long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    public List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().toString();
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(method + " " + path);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "" : authorization);
        var told = lie.about(method, path);
        if (told != null && told.hang()) {
            hang(exchange);
            return;
        }
        var truth = told == null || told.applied() ? serve(method, path, body) : null;
        answer(exchange, told == null ? truth : told);
    }

    private void hang(HttpExchange exchange) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, FakeAnswer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            if (body.length > 0) {
                out.write(body);
            }
        }
    }

    private FakeAnswer serve(String method, String rawPath, byte[] body) throws IOException {
        String[] parts = rawPath.split("\\?", 2);
        List<String> segments = Arrays.stream(parts[0].substring(1).split("/"))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        if (rawPath.startsWith("/connectors?expand=")) {
            return FakeAnswer.ok(list(parts[1].substring("expand=".length())));
        }
        if (segments.equals(List.of("connectors"))) {
            return method.equals("POST")
                    ? create(JSON.readTree(body))
                    : FakeAnswer.ok(JSON.valueToTree(connectors.keySet()));
        }
        if (segments.size() == 3 && segments.getFirst().equals("connector-plugins")) {
            return FakeAnswer.ok(JSON.createArrayNode());
        }
        if (!segments.getFirst().equals("connectors")) {
            return FakeAnswer.ok(JSON.createObjectNode().put("path", parts[0]));
        }
        String what = segments.size() > 2 ? segments.get(2) : "";
        return one(method, segments.get(1), what, body);
    }

    private FakeAnswer one(String method, String name, String what, byte[] body) throws IOException {
        var connector = connectors.get(name);
        if (what.equals("status") && connector == null && lingering.containsKey(name)) {
            return FakeAnswer.ok(FakeJson.status(name, lingering.get(name)));
        }
        if (connector == null && !(what.equals("config") && method.equals("PUT"))) {
            return FakeAnswer.error(404, "Connector " + name + " not found");
        }
        return switch (method + " " + what) {
            case "GET " -> FakeAnswer.ok(FakeJson.info(name, connector.config()));
            case "DELETE " -> delete(name, connector);
            case "GET status" -> FakeAnswer.ok(FakeJson.status(name, connector.state()));
            case "GET offsets" ->
                new FakeAnswer(200, "{\"offsets\":" + offsets.getOrDefault(name, OFFSETS) + "}", true, false);
            case "PATCH offsets" ->
                changeOffsets(
                        name, connector, JSON.readTree(body).path("offsets").toString(), "altered");
            case "DELETE offsets" -> changeOffsets(name, connector, "[]", "reset");
            case "PUT config" -> {
                connectors.put(
                        name,
                        new Connector(
                                (ObjectNode) JSON.readTree(body), connector == null ? "RUNNING" : connector.state()));
                yield FakeAnswer.ok(FakeJson.info(name, connectors.get(name).config()));
            }
            case "PUT pause" -> target(name, connector, "PAUSED");
            case "PUT resume" -> target(name, connector, "RUNNING");
            case "PUT stop" -> target(name, connector, "STOPPED");
            case "POST restart", "POST tasks" -> new FakeAnswer(204, "", true, false);
            default -> FakeAnswer.error(404, "HTTP 404 Not Found");
        };
    }

    private FakeAnswer changeOffsets(String name, Connector connector, String to, String done) {
        if (!connector.state().equals("STOPPED")) {
            return FakeAnswer.error(400, NOT_STOPPED);
        }
        offsets.put(name, to);
        return FakeAnswer.ok(JSON.createObjectNode()
                .put("message", "The offsets for this connector have been " + done + " successfully"));
    }

    private FakeAnswer create(JsonNode request) {
        String name = request.path("name").asText();
        var connector = new Connector(
                (ObjectNode) request.get("config"),
                request.path("initial_state").asText());
        return connectors.putIfAbsent(name, connector) == null
                ? new FakeAnswer(201, FakeJson.info(name, connector.config()).toString(), true, false)
                : FakeAnswer.error(409, "Connector " + name + " already exists");
    }

    private FakeAnswer delete(String name, Connector connector) {
        if (lingers) {
            lingering.put(name, connector.state());
        }
        connectors.remove(name);
        return new FakeAnswer(204, "", true, false);
    }

    private FakeAnswer target(String name, Connector connector, String state) {
        // As Kafka Connect: a failed one takes note and stays as it is.
        boolean stays = connector.state().equals("FAILED") && !state.equals("STOPPED");
        connectors.put(name, new Connector(connector.config(), stays ? "FAILED" : state));
        return new FakeAnswer(202, "", true, false);
    }

    private ObjectNode list(String what) {
        var all = JSON.createObjectNode();
        connectors.forEach((name, connector) -> all.putObject(name)
                .set(
                        what,
                        what.equals("info")
                                ? FakeJson.info(name, connector.config())
                                : FakeJson.status(name, connector.state())));
        return all;
    }
}
