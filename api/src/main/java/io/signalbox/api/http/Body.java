package io.signalbox.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Reads JSON bodies of at most {@value #MAX_BYTES} bytes. Every mistake in them is the caller's, and is told him as 400. */
public final class Body {

    public static final int MAX_BYTES = 1024 * 1024;

    /** How much more of an oversized body is read before the answer: a client that is still sending hears no answer. */
    private static final int MAX_DRAINED = 8 * MAX_BYTES;

    /** One byte a second would never be too slow for the idle timeout. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** The same for those of whom nobody knows who they are. */
    private static final Duration LONGEST_OF_STRANGERS = Duration.ofSeconds(2);

    private static final int CHUNK = 16 * 1024;

    private Body() {}

    /** Turns the tokens from the first one on into a value; what comes after the value is ignored, as Connect does. */
    @FunctionalInterface
    public interface Reader<T> {
        /** @param json stands on the first token, which is neither absent nor null */
        T read(JsonParser json) throws IOException;
    }

    /**
     * @throws Refusal 400 when it is no JSON, is missing, empty or null, or not what the reader wants; 408 when it does not
     *     come within 20 s; 413 when too long; 503 when there are too many at once
     */
    public static <T> T read(Context ctx, Reader<T> reader) throws IOException {
        return readOr(null, ctx, reader);
    }

    /** The same for a request that may come without a body, or with null: the value is then {@code none}. */
    public static <T> T readOr(T none, Context ctx, Reader<T> reader) throws IOException {
        try (var room = BodyRoom.SHARED.share()) {
            return JsonBody.parse(bytes(ctx, room), reader, none);
        }
    }

    /** As {@link #read}, all of it as a tree whose texts are whole characters. */
    public static JsonNode tree(Context ctx) throws IOException {
        return read(ctx, json -> Unicode.requiredTree(Json.MAPPER.readTree(json), "the body"));
    }

    private static byte[] bytes(Context ctx, BodyRoom.Share room) throws IOException {
        if (ctx.req().getContentLengthLong() > MAX_BYTES && ctx.req().getHeader("Expect") != null) {
            throw tooLong();
        }
        var exchange = Exchange.of(ctx);
        long before = exchange.patience(LONGEST.toMillis());
        try {
            return bytes(ctx.req(), room);
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw tooSlow();
            }
            throw e;
        } finally {
            exchange.patience(before);
        }
    }

    private static byte[] bytes(HttpServletRequest request, BodyRoom.Share room) throws IOException {
        InputStream in = request.getInputStream();
        var body = new ByteArrayOutputStream();
        var chunk = new byte[CHUNK];
        long begin = System.nanoTime();
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            room.grow(read);
            body.write(chunk, 0, read);
            if (body.size() > MAX_BYTES) {
                drain(in, MAX_DRAINED, LONGEST);
                throw tooLong();
            }
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw tooSlow();
            }
        }
        return body.toByteArray();
    }

    /**
     * Reads what nobody read. Jetty closes a connection whose request still has a body to come, without having said so, and
     * the client's next request on it is lost. Where there is too much to read, the answer says that it is the last one.
     */
    static void discard(Context ctx) {
        var request = ctx.req();
        var exchange = Exchange.of(ctx);
        boolean stranger = exchange.guard() == null || exchange.principal() == Principal.NOBODY;
        var longest = stranger ? LONGEST_OF_STRANGERS : LONGEST;
        long before = exchange.patience(longest.toMillis());
        boolean whole = false;
        try {
            whole = request.getHeader("Expect") == null
                    && drain(request.getInputStream(), stranger ? MAX_BYTES : MAX_DRAINED, longest);
        } catch (IOException | RuntimeException e) {
            exchange.cause("the request's body could not be read to its end: " + e);
        } finally {
            exchange.patience(before);
        }
        if (!whole && !ctx.res().isCommitted()) {
            ctx.res().setHeader("Connection", "close");
        }
    }

    /** @return whether it came to the end */
    private static boolean drain(InputStream in, int most, Duration longest) throws IOException {
        var chunk = new byte[8192];
        int drained = 0;
        int read = 0;
        long begin = System.nanoTime();
        while (read >= 0 && drained < most && System.nanoTime() - begin < longest.toNanos()) {
            drained += read;
            read = in.read(chunk);
        }
        return read < 0;
    }

    private static Refusal tooSlow() {
        return new Refusal(new Failure(
                408,
                "The request's body did not come within " + LONGEST.toSeconds() + " seconds",
                Map.of("Connection", "close")));
    }

    private static Refusal tooLong() {
        return new Refusal(413, "The request's body is longer than " + MAX_BYTES + " bytes");
    }
}
