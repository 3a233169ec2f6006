package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;

/** Task ids in paths. */
final class TaskIds {

    private TaskIds() {}

    /** @throws io.signalbox.api.http.Refusal 404 when it is no whole number, as if there were no such path */
    static int of(Context ctx) {
        try {
            return Integer.parseInt(ctx.pathParam("task"));
        } catch (NumberFormatException e) {
            throw Words.noPath();
        }
    }
}
