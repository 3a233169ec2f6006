package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.access.Principal;
import io.signalbox.api.access.Role;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorKey;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.io.EndPoint;

/** What is known of one request beside its bytes, gathered for the log and the metrics. Used by one thread at a time. */
public final class Exchange {

    static final String ATTRIBUTE = "io.signalbox.exchange";

    private final String requestId;
    private Route route;
    private Principal principal = Principal.NOBODY;
    private Role role;
    private Guard guard;
    private String dialect;
    private String commandId;
    private boolean newCommandId;
    private String cause;
    private ConnectorKey revealed;
    private boolean counted;
    private final EndPoint connection;
    private final Entrance entrance;

    Exchange(String requestId, Entrance entrance, EndPoint connection) {
        this.requestId = requestId;
        this.entrance = entrance;
        this.connection = connection;
    }

    /**
     * @param millis how long the connection may say nothing before reading from it fails
     * @return how long it was before
     */
    long patience(long millis) {
        long before = connection.getIdleTimeout();
        connection.setIdleTimeout(millis);
        return before;
    }

    /** Closes the connection: for a client that does not read. May be called by any thread. */
    void hangUp() {
        connection.close();
    }

    public static Exchange of(Context ctx) {
        return of(ctx.req());
    }

    static Exchange of(HttpServletRequest request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    /** Who asks; of who did not say so all that is known is where from. */
    public static String actor(Context ctx) {
        return of(ctx).actor(ctx.req().getRemoteAddr());
    }

    String actor(String address) {
        return principal.actor() == null ? anonymous(address) : principal.actor();
    }

    static String anonymous(String address) {
        return CommandOutcome.ANONYMOUS + address;
    }

    Principal principal() {
        return principal;
    }

    /** @return what the route needs; null when its rule names no role */
    Role role() {
        return role;
    }

    /** Who found out who asks; null when nobody did. */
    Guard guard() {
        return guard;
    }

    void principal(Guard by, Principal found, Role needed) {
        guard = by;
        principal = found;
        role = needed;
    }

    /** Where the request came from, as {@link RemoteNetwork} names it. */
    String origin() {
        return RemoteNetwork.of(connection.getRemoteSocketAddress());
    }

    /** @return false when it was counted before, or need not be */
    boolean countOnce() {
        boolean first = !counted;
        counted = true;
        return first;
    }

    /** It costs its caller nothing. */
    void uncounted() {
        counted = true;
    }

    Entrance entrance() {
        return entrance;
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

    /** @param isNew whether it was never given to a command before */
    void commandId(String id, boolean isNew) {
        commandId = id;
        newCommandId = isNew;
    }

    /** @return whether this id was made for the request, and this is the first command that gets it */
    boolean takeNew(String id) {
        boolean isNew = newCommandId && id.equals(commandId);
        if (isNew) {
            newCommandId = false;
        }
        return isNew;
    }

    /** @return the connector whose secrets the caller was shown because he asked for them; null when he was not */
    ConnectorKey revealed() {
        return revealed;
    }

    public void revealed(ConnectorKey whose) {
        revealed = whose;
    }

    /** @return why it failed, in more detail than the caller was told; null when there is nothing to add */
    String cause() {
        return cause;
    }

    void cause(String why) {
        cause = why;
    }
}
