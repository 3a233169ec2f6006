package io.signalbox.api.http;

import java.util.Map;

/** Ends a request with a status and a message. It is no bug, so it carries no stack trace. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public Refusal(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public Refusal(int status, String message) {
        this(new Failure(status, message));
    }

    /** The caller's mistake: 400. */
    public static Refusal bad(String message) {
        return new Refusal(400, message);
    }

    public static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    /** In the words in which anything is refused that there is no route for. */
    static Refusal noSuchRoute() {
        return new Refusal(404, "HTTP 404 Not Found");
    }

    /** Nothing was done, and asking again in a moment may help: 503. */
    public static Refusal unavailable(String message) {
        return new Refusal(new Failure(503, message, Map.of("Retry-After", "1")));
    }

    public Failure failure() {
        return failure;
    }
}
