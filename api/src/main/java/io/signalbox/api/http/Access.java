package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.access.Grants;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;

/** What the caller of a request may do, for what depends on more than its path. */
public final class Access {

    private Access() {}

    public static Grants of(Context ctx) {
        return Exchange.of(ctx).principal().grants();
    }

    /**
     * The role that the route needs, on this very place.
     *
     * @throws Refusal 403 when the caller does not have it
     * @throws IllegalStateException when the route's rule names no role
     */
    public static void require(Context ctx, Place place) {
        var exchange = Exchange.of(ctx);
        if (exchange.role() == null) {
            throw new IllegalStateException("A route that changes something needs a rule that names a role");
        }
        require(ctx, exchange.role(), place);
    }

    /**
     * More than the route needs.
     *
     * @throws Refusal 403 when the caller does not have the role there
     */
    public static void require(Context ctx, Role role, Place place) {
        if (!of(ctx).may(role, place)) {
            throw refused(role, place);
        }
    }

    /** Whether the caller is still who he was when the request began, and may still do the same: for what goes on for long. */
    public static boolean holds(Context ctx) {
        var exchange = Exchange.of(ctx);
        try {
            return exchange.guard() != null && exchange.guard().identify(ctx).equals(exchange.principal());
        } catch (Refusal refused) {
            // That it cannot be found out just now is no reason to send somebody away who was let in.
            return refused.failure().status() == 503;
        }
    }

    static Refusal refused(Role role, Place place) {
        return new Refusal(403, "Not allowed: this needs the role " + role.word() + " on " + place);
    }
}
