package io.signalbox.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands between Signalbox and a worker, changes nothing, and remembers every request that is no read. */
final class WriteCounter implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final String worker;

    WriteCounter(String worker) throws IOException {
        this.worker = worker;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code METHOD /path status}, in their order; a creation's path ends in the connector's name. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    /** How many writes to the connector the worker took over. */
    long applied(String connector) {
        return writes.stream()
                .filter(write -> write.matches("[A-Z]+ /connectors/" + Pattern.quote(connector) + "(/[a-z]+)? 2.."))
                .count();
    }

    /** How often all configs were read. */
    int looks() {
        return looks.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().toString();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.equals("/connectors?expand=info")) {
            looks.incrementAndGet();
        }
        var request = HttpRequest.newBuilder(URI.create(worker + path))
                .header("Content-Type", "application/json")
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            note(method, path, body, answer.statusCode());
            byte[] bytes = answer.body();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void note(String method, String path, byte[] body, int status) throws IOException {
        if (!method.equals("GET") && !path.startsWith("/connector-plugins/")) {
            boolean creates = method.equals("POST") && path.equals("/connectors");
            writes.add(method + " " + path + (creates ? "/" + name(body) : "") + " " + status);
        }
    }

    private static String name(byte[] body) throws IOException {
        return Api.read(body).path("name").asText();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.close();
    }
}
