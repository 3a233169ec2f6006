package io.signalbox.api.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;

/** What is known of one request beside its bytes, gathered for the log and the metrics. Used by one thread at a time. */
public final class Exchange {

    static final String ATTRIBUTE = "io.signalbox.exchange";

    private final String requestId;
    private Route route;
    private String dialect;
    private String commandId;
    private String cause;
    private final Runnable hangUp;

    /** @param hangUp closes the connection, whatever is under way on it */
    Exchange(String requestId, Runnable hangUp) {
        this.requestId = requestId;
        this.hangUp = hangUp;
    }

    /** Closes the connection: for a client that does not read. May be called by any thread. */
    void hangUp() {
        hangUp.run();
    }

    public static Exchange of(Context ctx) {
        return of(ctx.req());
    }

    static Exchange of(HttpServletRequest request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    /** Who asks. Nobody proves who he is yet, so all that is known is where from. */
    public static String actor(Context ctx) {
        return actor(ctx.req().getRemoteAddr());
    }

    static String actor(String address) {
        return "anonymous@" + address;
    }

    public String requestId() {
        return requestId;
    }

    /** @return null when no route matched */
    Route route() {
        return route;
    }

    void route(Route matched, String dialectName) {
        route = matched;
        dialect = dialectName;
    }

    /** @return whose route matched; null when none did, or it has no name */
    String dialect() {
        return dialect;
    }

    /** @return null when the request sent no command */
    String commandId() {
        return commandId;
    }

    void commandId(String id) {
        commandId = id;
    }

    /** @return why it failed, in more detail than the caller was told; null when there is nothing to add */
    String cause() {
        return cause;
    }

    void cause(String why) {
        cause = why;
    }
}
