package io.signalbox.api.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Ways to end a request. Bytes go straight to the response: Javalin's own way allocates a buffer for each answer. */
public final class Answer {

    public static final String JSON = "application/json";

    private Answer() {}

    public static void json(Context ctx, int status, Json.Writer writer) throws IOException {
        send(ctx, status, Json.write(writer));
    }

    private static void send(Context ctx, int status, ByteArrayOutputStream body) throws IOException {
        var response = ctx.res();
        response.setStatus(status);
        response.setContentLength(body.size());
        body.writeTo(response.getOutputStream());
    }

    /** 200 with a JSON value that was written before. */
    public static void bytes(Context ctx, byte[] json) throws IOException {
        var response = ctx.res();
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** 200. What is read bears a tag of its content, unless it was given another. */
    public static void ok(Context ctx, Json.Writer writer) throws IOException {
        ByteArrayOutputStream body = Json.write(writer);
        if (isRead(ctx)
                && !ctx.res().containsHeader("ETag")
                && Conditions.unchanged(ctx, EntityTag.of(body.toByteArray()))) {
            return;
        }
        send(ctx, 200, body);
    }

    private static boolean isRead(Context ctx) {
        var method = ctx.req().getMethod();
        return method.equals("GET") || method.equals("HEAD");
    }

    /** An answer without a body. */
    public static void empty(Context ctx, int status) {
        var response = ctx.res();
        response.setStatus(status);
        response.setContentType(null);
        if (status != 204) {
            response.setContentLength(0);
        }
    }

    public static void text(Context ctx, String contentType, byte[] body) throws IOException {
        var response = ctx.res();
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
