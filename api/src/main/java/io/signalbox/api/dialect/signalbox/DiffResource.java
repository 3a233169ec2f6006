package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.Moment;
import io.signalbox.api.query.Then;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import java.io.IOException;
import java.util.Objects;
import java.util.TreeSet;

/** What differs between two revisions of a connector. */
final class DiffResource {

    private final Lookup lookup;

    DiffResource(Lookup lookup) {
        this.lookup = lookup;
    }

    void routes(Routes routes) {
        routes.get(Paths.DIFF, this::get);
    }

    private void get(Context ctx) throws IOException {
        var key = Paths.connector(ctx);
        var from = then(ctx, key, Moments.revision(ctx, "from"));
        var to = then(ctx, key, Moments.revision(ctx, "to"));
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            side(json, "from", from);
            side(json, "to", to);
            changed(json, from.config().config(), to.config().config());
            json.writeEndObject();
        });
    }

    private Then then(Context ctx, ConnectorKey key, Moment.Revision revision) {
        return lookup.read(ctx, (queries, reading) -> queries.then(key, revision, reading))
                .filter(then -> then.config() != null)
                .orElseThrow(() -> {
                    lookup.registered(key.clusterKey());
                    return Refusal.notFound(
                            "Connector " + key.connector() + " has no config of revision " + revision.number());
                });
    }

    private static void side(JsonGenerator json, String name, Then then) throws IOException {
        var entry = then.entry();
        json.writeObjectFieldStart(name);
        json.writeNumberField("revision", entry == null ? then.config().revision() : entry.revision());
        json.writeNumberField("config_revision", then.config().revision());
        json.writeStringField(
                "phase", entry == null ? null : entry.after().phase().name());
        json.writeStringField(
                "target_state",
                entry == null ? null : entry.after().targetState().name());
        json.writeEndObject();
    }

    /** A key that is not there has no value. */
    private static void changed(JsonGenerator json, Config from, Config to) throws IOException {
        var keys = new TreeSet<>(from.values().keySet());
        keys.addAll(to.values().keySet());
        json.writeArrayFieldStart("changed");
        for (String key : keys) {
            if (!Objects.equals(from.get(key), to.get(key))) {
                json.writeStartObject();
                json.writeStringField("key", key);
                json.writeStringField("from", from.get(key));
                json.writeStringField("to", to.get(key));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
