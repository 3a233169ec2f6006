package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.Moment;
import io.signalbox.api.query.Then;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Precondition;
import java.io.IOException;

/**
 * The whole state of one connector. Unlike a worker, it still shows one that is on its way out; and what was desired at a
 * revision or a time.
 */
final class ConnectorStateResource {

    private final Lookup lookup;
    private final Secrets secrets;

    ConnectorStateResource(Lookup lookup, Secrets secrets) {
        this.lookup = lookup;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.get(Paths.CONNECTOR, Paths.onConnector(Role.VIEWER), this::get);
    }

    private void get(Context ctx) throws IOException {
        var key = Paths.connector(ctx);
        var moment = Moments.wanted(ctx);
        if (moment.isPresent()) {
            then(ctx, key, moment.get());
            return;
        }
        var state = lookup.connector(ctx, key);
        if (!Conditions.unchanged(ctx, Precondition.tag(state.revision()))) {
            Answer.ok(ctx, json -> ConnectorJson.write(json, state, secrets.shown(state)));
        }
    }

    private void then(Context ctx, ConnectorKey key, Moment moment) throws IOException {
        var then = lookup.read(ctx, (queries, reading) -> queries.then(key, moment, reading))
                .orElseThrow(() -> unknown(key));
        if (gone(then)) {
            throw Refusal.notFound("Connector " + key.connector() + " was not there then: it was deleted at "
                    + then.entry().at());
        }
        var shown =
                then.config() == null ? null : secrets.shown(key, then.config().config());
        Answer.ok(ctx, json -> ThenJson.write(json, key, then, shown));
    }

    private static boolean gone(Then then) {
        return then.entry() != null && then.entry().after().phase() == Phase.DELETED;
    }

    private Refusal unknown(ConnectorKey key) {
        lookup.registered(key.clusterKey());
        return Refusal.notFound("Nothing is known of connector " + key.connector() + " as of then");
    }
}
