package io.signalbox.api.http;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Content types: JSON both ways. And who sent the browser, if it was one. */
final class Negotiation {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private Negotiation() {}

    static void requireJsonAccepted(Context ctx) {
        String accept = ctx.req().getHeader("Accept");
        if (accept != null && !accept.equals("*/*") && !acceptsJson(accept)) {
            throw new Refusal(406, "HTTP 406 Not Acceptable");
        }
    }

    /** A browser that asks on behalf of another site's page says so; it would add what it knows of the user by itself. */
    static void requireNoForeignPage(Context ctx) {
        String site = ctx.req().getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new Refusal(403, "A page of another site must not change anything here");
        }
    }

    static void requireJsonSent(Context ctx) {
        requireSent(ctx, Set.of(Answer.JSON));
    }

    /** A change of JSON in JSON (RFC 7396); who says no more than that it is JSON means the same. */
    static void requireMergePatchSent(Context ctx) {
        requireSent(ctx, Set.of(Answer.JSON, MERGE_PATCH));
    }

    private static void requireSent(Context ctx, Set<String> types) {
        String type = ctx.req().getContentType();
        boolean taken = type == null ? !hasBody(ctx) : types.contains(bare(type));
        if (!taken) {
            throw new Refusal(415, "HTTP 415 Unsupported Media Type");
        }
    }

    /** What is packed small may be large: a body has to come as it is. */
    static void requireUnpacked(Context ctx) {
        var encodings = ctx.req().getHeaders("Content-Encoding");
        while (encodings.hasMoreElements()) {
            for (String coding : encodings.nextElement().split(",")) {
                if (!coding.strip().equalsIgnoreCase("identity")) {
                    throw new Refusal(new Failure(
                            415,
                            "HTTP 415 Unsupported Media Type: send the body as it is, without Content-Encoding",
                            Map.of("Accept-Encoding", "identity")));
                }
            }
        }
    }

    private static boolean hasBody(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.req().getHeader("Transfer-Encoding") != null;
    }

    /** Without parameters. */
    private static String bare(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean acceptsJson(String accept) {
        for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";", -1);
            String type = parts[0].strip();
            boolean fits = type.equals("*/*") || type.equals("application/*") || type.equals(Answer.JSON);
            if (fits && !refused(parts)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the range says q=0: not this one. */
    private static boolean refused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q=0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
