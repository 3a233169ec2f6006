package io.signalbox.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The little HTTP that probes and the demo need. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Http() {}

    /** The status is the caller's to judge. */
    public static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)));
    }

    /** @param key null for nobody */
    static HttpResponse<String> get(String url, AdminKey key) throws IOException, InterruptedException {
        return send(as(key, HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5))));
    }

    /** @param key null for nobody */
    static HttpResponse<String> put(String url, String json, AdminKey key) throws IOException, InterruptedException {
        return send(as(key, json(url).PUT(BodyPublishers.ofString(json))));
    }

    /** @param key null for nobody */
    static HttpResponse<String> post(String url, String json, AdminKey key) throws IOException, InterruptedException {
        return send(as(key, json(url).POST(BodyPublishers.ofString(json))));
    }

    private static HttpRequest.Builder as(AdminKey key, HttpRequest.Builder request) {
        return key == null ? request : request.header("Authorization", key.authorization());
    }

    /** @param json the body as it goes over the wire */
    public static HttpResponse<String> put(String url, String json) throws IOException, InterruptedException {
        return send(json(url).PUT(BodyPublishers.ofString(json)));
    }

    /** @param json the body as it goes over the wire */
    public static HttpResponse<String> post(String url, String json) throws IOException, InterruptedException {
        return send(json(url).POST(BodyPublishers.ofString(json)));
    }

    /** The status is the caller's to judge. */
    static HttpResponse<String> delete(String url) throws IOException, InterruptedException {
        return send(json(url).DELETE());
    }

    /** True for a 200 only. */
    public static boolean ok(String url) throws IOException, InterruptedException {
        return get(url).statusCode() == 200;
    }

    private static HttpRequest.Builder json(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
