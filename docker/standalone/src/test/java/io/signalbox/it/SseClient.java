package io.signalbox.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads Server-Sent Events as the HTML standard says: what has no blank line behind it did not happen. */
final class SseClient implements AutoCloseable {

    private final BufferedReader in;
    private String lastId;
    private int beats;

    /** @param id the stream's id after this event */
    record Event(String id, JsonNode data) {}

    SseClient(Api api, String path, String... headers) throws IOException {
        HttpResponse<InputStream> answer = api.stream(path, headers);
        in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + in.readLine());
        }
    }

    /** The id that a browser would come again with; null before the first one. */
    String lastId() {
        return lastId;
    }

    /** How many ids came without an event. */
    int beats() {
        return beats;
    }

    /** @return null at the end, however it came */
    Event next() {
        try {
            return read();
        } catch (IOException brokenOff) {
            return null;
        }
    }

    private Event read() throws IOException {
        String id = lastId;
        String data = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                lastId = id;
                if (data != null) {
                    return new Event(id, Api.parsed(data));
                }
                beats++;
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
