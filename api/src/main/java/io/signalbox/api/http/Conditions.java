package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.processor.domain.Precondition;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Conditional requests (RFC 9110, section 13): entity tags on what is read, and conditions on what is read or written. */
public final class Conditions {

    private static final int MOST_TAGS = 32;

    /** What else a tag may hold was never given by us, so that it matches nothing. */
    private static final Pattern OURS = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Conditions() {}

    /**
     * Puts the tag into the answer's {@code ETag}, and answers 304 if the caller has what it names.
     *
     * @param tag without quotes
     * @return whether the request is answered
     */
    public static boolean unchanged(Context ctx, String tag) {
        tag(ctx, tag);
        var response = ctx.res();
        var given = ctx.req().getHeader("If-None-Match");
        if (given == null) {
            return false;
        }
        Set<String> known = tags("If-None-Match", given);
        if (!known.contains(tag) && !known.contains("*")) {
            return false;
        }
        response.setStatus(304);
        response.setContentType(null);
        return true;
    }

    /** Puts the tag of what a change made into its answer, without quotes. */
    public static void tag(Context ctx, String tag) {
        ctx.res().setHeader("ETag", '"' + tag + '"');
    }

    /**
     * @return what the request requires of what it changes, by its {@code If-Match} and {@code If-None-Match}
     * @throws Refusal 400 when one of them is no list of entity tags
     */
    static Precondition required(Context ctx) {
        String match = ctx.req().getHeader("If-Match");
        String noneMatch = ctx.req().getHeader("If-None-Match");
        if (match == null && noneMatch == null) {
            return Precondition.NONE;
        }
        return new Precondition(
                match == null ? null : tags("If-Match", match),
                noneMatch == null ? null : tags("If-None-Match", noneMatch));
    }

    /** A weak tag counts as its strong one: no two states of one thing ever had the same tag. */
    private static Set<String> tags(String header, String given) {
        if (given.strip().equals("*")) {
            return Set.of("*");
        }
        Set<String> tags = new TreeSet<>();
        String[] all = given.split(",");
        if (all.length == 0 || all.length > MOST_TAGS) {
            throw illegal(header);
        }
        for (String each : all) {
            String tag = each.strip();
            tag = tag.startsWith("W/") ? tag.substring(2) : tag;
            if (tag.length() < 3 || tag.charAt(0) != '"' || tag.charAt(tag.length() - 1) != '"') {
                throw illegal(header);
            }
            String opaque = tag.substring(1, tag.length() - 1);
            if (OURS.matcher(opaque).matches()) {
                tags.add(opaque);
            }
        }
        return tags;
    }

    private static Refusal illegal(String header) {
        return Refusal.bad("Illegal " + header + ": use * or up to " + MOST_TAGS + " tags such as \"17\"");
    }
}
