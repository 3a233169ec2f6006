package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.KeyUse;
import io.signalbox.api.query.Reading;
import io.signalbox.api.secrets.Secrets;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** With which keys the secrets of all connectors, and stored ones, are sealed: whether a rotation is over. */
final class SecretsResource {

    private static final Rule ADMIN = Rule.on(Role.ADMIN, ctx -> Place.EVERYWHERE);

    private final ConnectorQueries queries;
    private final Secrets secrets;

    SecretsResource(ConnectorQueries queries, Secrets secrets) {
        this.queries = queries;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.get(Paths.SECRETS, ADMIN, this::get);
    }

    /** What was acknowledged before is counted: somebody may take a key out because of it. */
    private void get(Context ctx) throws IOException {
        var use = queries.secrets(Reading.fresh(true, Map.of()));
        String primary = secrets.primaryKeyId();
        Set<String> ids = new LinkedHashSet<>(secrets.keyIds());
        ids.addAll(new TreeSet<>(use.byKey().keySet()));
        boolean complete =
                ids.stream().allMatch(id -> id.equals(primary) || use.count(id).needed() == 0);
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeStringField("primary", primary);
            json.writeBooleanField("complete", complete);
            json.writeArrayFieldStart("keys");
            for (String id : ids) {
                write(json, id, use.count(id));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, String id, KeyUse.Count count) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeBooleanField("opens", secrets.keyIds().contains(id));
        json.writeNumberField("values", count.values());
        json.writeNumberField("connectors", count.connectors());
        json.writeNumberField("deleted", count.deleted());
        json.writeNumberField("stored", count.stored());
        json.writeEndObject();
    }
}
