package io.signalbox.api.dialect;

import io.javalin.http.Context;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.validation.WorkerWords;
import io.signalbox.processor.domain.ClusterKey;
import java.io.IOException;

/** Passes a worker's answer on. What it says of the request is for the caller; that it is in trouble itself is not. */
public final class Relay {

    private Relay() {}

    /**
     * @param what the worker was to do
     * @throws Refusal 400, 403, 404 in the worker's words; 503 for all others
     */
    public static void answer(Context ctx, ClusterKey cluster, String what, DataPlane.Reply reply) throws IOException {
        switch (reply.status()) {
            case 200 -> Answer.ok(ctx, json -> Json.MAPPER.writeTree(json, reply.body()));
            case 202, 204 -> Answer.empty(ctx, reply.status());
            case 400, 403, 404 -> throw new Refusal(reply.status(), WorkerWords.message(reply));
            default -> throw trouble(cluster, what, reply);
        }
    }

    public static Refusal trouble(ClusterKey cluster, String what, DataPlane.Reply reply) {
        return Refusal.unavailable(
                "No worker of cluster " + cluster + " could " + what + ": " + WorkerWords.message(reply));
    }
}
