package io.signalbox.api.http;

import java.util.Map;

/**
 * What a caller is told when a request did not succeed.
 *
 * @param status the HTTP status
 * @param message for the caller: no stack trace, no class name, no secret
 * @param headers to be set on the answer
 */
public record Failure(int status, String message, Map<String, String> headers) {

    public Failure(int status, String message) {
        this(status, message, Map.of());
    }

    /** Whether it is the last answer on its connection, so that nothing more of the request needs to be read. */
    boolean closes() {
        return "close".equals(headers.get("Connection"));
    }
}
