package io.signalbox.api.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a server answered. For tests.
 *
 * @param status 0 when the connection ended without an answer
 * @param headers by their names in lower case
 */
public record Heard(int status, Map<String, String> headers, byte[] content) {

    static final Heard NOTHING = new Heard(0, Map.of(), new byte[0]);

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    String body() {
        return new String(content, StandardCharsets.UTF_8);
    }

    boolean endless() {
        return header("content-type").startsWith("text/event-stream");
    }

    @Override
    public String toString() {
        String body = body();
        return status + " " + (body.length() > 300 ? body.substring(0, 300) + "…" : body);
    }
}
