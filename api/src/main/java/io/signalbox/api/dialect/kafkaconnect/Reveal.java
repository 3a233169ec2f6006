package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Exchange;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;

/** {@code ?secrets=show}: what is masked, for who may see it. It is asked for each time, told of in the log, and kept by nobody. */
final class Reveal {

    private final Secrets secrets;

    Reveal(Secrets secrets) {
        this.secrets = secrets;
    }

    static boolean wanted(Context ctx) {
        return ctx.req().getQueryString() != null && "show".equals(ctx.queryParam("secrets"));
    }

    /**
     * @return the config with its secrets
     * @throws Refusal 403 for who is no admin there, unless the cluster shows its secrets to all; 503 naming a key that is missing
     */
    Config config(Context ctx, ConnectorState state) {
        if (!secrets.shows(state.key().clusterKey())) {
            Access.require(ctx, Role.ADMIN, Place.of(state.key()));
        }
        var config = secrets.revealed(state);
        Exchange.of(ctx).revealed(state.key());
        ctx.res().setHeader("Cache-Control", "no-store");
        return config;
    }
}
