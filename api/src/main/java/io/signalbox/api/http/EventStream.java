package io.signalbox.api.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An answer as Server-Sent Events, as the HTML standard has them. Used by one thread, but for {@link #hangUp}. */
public final class EventStream {

    public static final String MEDIA_TYPE = "text/event-stream";

    /** How long a client should wait before it comes again: long enough for a replica that stops to be left alone. */
    private static final int RETRY_MS = 1_000;

    private static final byte[] ID = bytes("id: ");
    private static final byte[] DATA = bytes("\ndata: ");
    private static final byte[] END = bytes("\n\n");
    private static final byte[] BEAT = bytes(": beat\n");
    private static final byte[] BEGINNING = bytes(": signalbox\nretry: " + RETRY_MS + "\n");

    private final Context ctx;
    private final OutputStream out;

    private EventStream(Context ctx, OutputStream out) {
        this.ctx = ctx;
        this.out = out;
    }

    /** @throws Refusal 406 when the client wants something else */
    public static void requireAccepted(Context ctx) {
        String accept = ctx.req().getHeader("Accept");
        if (accept != null && !accept.contains("*/*") && !accept.contains("text/*") && !accept.contains(MEDIA_TYPE)) {
            throw new Refusal(406, "HTTP 406 Not Acceptable: events come as " + MEDIA_TYPE);
        }
    }

    /** The headers, without a body yet. */
    public static void headers(Context ctx) {
        var response = ctx.res();
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        // A proxy that buffers would hold back what has just happened.
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Answers at once, so that the client knows that it is heard. */
    public static EventStream begin(Context ctx, String id) throws IOException {
        headers(ctx);
        var stream = new EventStream(ctx, ctx.res().getOutputStream());
        stream.out.write(BEGINNING);
        stream.id(id);
        stream.out.write(END);
        stream.flush();
        return stream;
    }

    /** @param json on one line */
    public void event(String id, byte[] json) throws IOException {
        id(id);
        out.write(DATA);
        out.write(json);
        out.write(END);
    }

    /** Says that all is well, and how far the client is: an id without data is kept by the client and is no event. */
    public void beat(String id) throws IOException {
        out.write(BEAT);
        id(id);
        out.write(END);
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** Closes the connection under a write that hangs. May be called by any thread. */
    public void hangUp() {
        Exchange.of(ctx).hangUp();
    }

    /** Says in the log why it ended. */
    public void because(String why) {
        Exchange.of(ctx).cause(why);
    }

    private void id(String id) throws IOException {
        out.write(ID);
        out.write(bytes(id));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
