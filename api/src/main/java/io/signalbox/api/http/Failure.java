package io.signalbox.api.http;

import java.util.List;
import java.util.Map;

/**
 * What a caller is told when a request did not succeed.
 *
 * @param status the HTTP status
 * @param message for the caller: no stack trace, no class name, no secret
 * @param headers to be set on the answer
 * @param violations what is wrong with which field, where that is known
 */
public record Failure(int status, String message, Map<String, String> headers, List<Violation> violations) {

    public Failure {
        violations = List.copyOf(violations);
    }

    public Failure(int status, String message, Map<String, String> headers) {
        this(status, message, headers, List.of());
    }

    public Failure(int status, String message) {
        this(status, message, Map.of());
    }

    /** The same under another status, in other words. */
    public Failure with(int otherStatus, String otherMessage) {
        return new Failure(otherStatus, otherMessage, headers, violations);
    }

    /** Whether it is the last answer on its connection, so that nothing more of the request needs to be read. */
    boolean closes() {
        return "close".equals(headers.get("Connection"));
    }
}
