package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;

/**
 * What workers of one cluster say to each other (KIP-507). Signalbox is no member of any, holds no session key, and so takes
 * no signature for a good one.
 */
final class InternalResource {

    private final Base base;

    InternalResource(Base base) {
        this.base = base;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}";
        routes.post(path + "/tasks", base.onConnector(Role.EDITOR), InternalResource::refuse)
                .put(path + "/fence", base.onConnector(Role.EDITOR), InternalResource::refuse);
    }

    private static void refuse(Context ctx) {
        boolean signed = ctx.header("X-Connect-Authorization") != null
                && ctx.header("X-Connect-Request-Signature-Algorithm") != null;
        throw signed
                ? new Refusal(403, "Internal request contained invalid signature.")
                : Refusal.bad("Internal request missing required signature");
    }
}
