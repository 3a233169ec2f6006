package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.WorkerFacts;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Readiness;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import java.io.IOException;
import java.util.List;

/** {@code /} and {@code /health}: a worker's, as far as its clients can see. */
final class RootResource {

    private static final List<String> FIELDS = List.of("version", "commit", "kafka_cluster_id");

    private final Base base;
    private final Lookup lookup;
    private final WorkerFacts facts;
    private final Readiness readiness;

    RootResource(Base base, Lookup lookup, WorkerFacts facts, Readiness readiness) {
        this.base = base;
        this.lookup = lookup;
        this.facts = facts;
        this.readiness = readiness;
    }

    void routes(Routes routes) {
        routes.get(base.template().isEmpty() ? "/" : base.template(), base.withinCluster(Role.VIEWER), this::root)
                .uncounted()
                .get(base.template() + "/health", Rule.PUBLIC, this::health);
    }

    private void root(Context ctx) throws IOException {
        var cluster = lookup.cluster(base.cluster(ctx)).key();
        JsonNode known = facts.info(cluster).orElse(MissingNode.getInstance());
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            for (String field : FIELDS) {
                json.writeStringField(field, known.path(field).asText("unknown"));
            }
            json.writeEndObject();
        });
    }

    /** Whether Signalbox can do its work: that a worker is away is no reason to send callers elsewhere. */
    private void health(Context ctx) throws IOException {
        List<String> waitingFor = readiness.waitingFor();
        if (readiness.stopping()) {
            health(ctx, 503, "unhealthy", "Worker is shutting down.");
        } else if (waitingFor.isEmpty()) {
            health(ctx, 200, "healthy", "Worker has completed startup and is ready to handle requests.");
        } else {
            String words = "Worker is still starting up. Waiting for: " + String.join(", ", waitingFor);
            health(ctx, 503, "starting", words);
        }
    }

    private static void health(Context ctx, int code, String status, String message) throws IOException {
        Answer.json(ctx, code, json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }
}
