package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Relay;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Routes;
import io.signalbox.api.query.DataPlane;
import io.signalbox.processor.domain.ConnectorKey;
import java.io.IOException;
import java.time.Duration;

/** The topics that a connector used, which only its workers know. */
final class TopicsResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RedpandaBase base;
    private final Lookup lookup;
    private final DataPlane dataPlane;

    TopicsResource(RedpandaBase base, Lookup lookup, DataPlane dataPlane) {
        this.base = base;
        this.lookup = lookup;
        this.dataPlane = dataPlane;
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors/{connector}/topics";
        routes.get(path, base.onConnector(Role.VIEWER), this::topics)
                .put(path + "/reset", base.onConnector(Role.EDITOR), this::reset);
    }

    private void topics(Context ctx) throws IOException {
        var key = found(ctx);
        var reply = dataPlane.topics(key.clusterKey(), key.connector(), PATIENCE);
        require(key, "tell the topics of", reply);
        var topics = reply.body().path(key.connector()).path("topics");
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("topics");
            for (var topic : topics) {
                json.writeString(topic.asText());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void reset(Context ctx) throws IOException {
        var key = found(ctx);
        require(key, "reset the topics of", dataPlane.resetTopics(key.clusterKey(), key.connector(), PATIENCE));
        Answer.json(ctx, 200, json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }

    private ConnectorKey found(Context ctx) {
        return lookup.active(ctx, base.cluster(ctx), ctx.pathParam("connector"), Words.ABSENT)
                .key();
    }

    private static void require(ConnectorKey key, String what, DataPlane.Reply reply) {
        if (reply.status() < 200 || reply.status() >= 300) {
            throw Relay.trouble(key.clusterKey(), what + " connector " + key.connector(), reply);
        }
    }
}
