package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.Moment;
import io.signalbox.api.query.Then;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.secrets.Secrets.Likeness;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What differs between two revisions of a connector. */
final class DiffResource {

    private final Lookup lookup;
    private final Secrets secrets;

    DiffResource(Lookup lookup, Secrets secrets) {
        this.lookup = lookup;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.get(Paths.DIFF, Paths.onConnector(Role.VIEWER), this::get);
    }

    private void get(Context ctx) throws IOException {
        var key = Paths.connector(ctx);
        var from = then(ctx, key, Moments.revision(ctx, "from"));
        var to = then(ctx, key, Moments.revision(ctx, "to"));
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            side(json, "from", from);
            side(json, "to", to);
            changed(json, key, from.config().config(), to.config().config());
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

    /** A key that is not there has no value; of a secret it is only told that it is another one. */
    private void changed(JsonGenerator json, ConnectorKey connector, Config from, Config to) throws IOException {
        var before = secrets.shown(connector, from);
        var after = secrets.shown(connector, to);
        var keys = new TreeSet<>(from.values().keySet());
        keys.addAll(to.values().keySet());
        Map<Likeness, List<String>> all = keys.stream()
                .collect(Collectors.groupingBy(key -> secrets.compare(connector, key, from.get(key), to.get(key))));
        json.writeArrayFieldStart("changed");
        for (String key : all.getOrDefault(Likeness.OTHER, List.of())) {
            json.writeStartObject();
            json.writeStringField("key", key);
            json.writeStringField("from", before.get(key));
            json.writeStringField("to", after.get(key));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("resealed");
        for (String key : all.getOrDefault(Likeness.RESEALED, List.of())) {
            json.writeString(key);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("undecided");
        for (String key : all.getOrDefault(Likeness.UNKNOWN, List.of())) {
            json.writeStartObject();
            json.writeStringField("key", key);
            json.writeStringField("missing_key_id", missing(from.get(key), to.get(key)));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** @return null when both keys are there, and one of the two does not open nevertheless */
    private String missing(String from, String to) {
        return secrets.missingKey(from).or(() -> secrets.missingKey(to)).orElse(null);
    }
}
