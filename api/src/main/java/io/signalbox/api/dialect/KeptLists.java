package io.signalbox.api.dialect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Freshness;
import io.signalbox.api.http.Json;
import io.signalbox.processor.domain.ClusterKey;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lists of connectors that are not made again while nothing changed since they were last asked for; callers who have one are told so
 * without a look at the connectors.
 *
 * @param <W> what tells the lists of one cluster apart, with equality by value
 */
public final class KeptLists<W> {

    private record Key<W>(ClusterKey cluster, W wanted) {}

    private record Kept(String version, byte[] body) {}

    private final Lookup lookup;
    private final int largest;
    private final Cache<Key<W>, Kept> lists;

    /** @param bytes how much is kept at most, of all lists together; one that takes more than a third of it is not kept */
    public KeptLists(Lookup lookup, int bytes) {
        this.lookup = lookup;
        largest = bytes / 3;
        lists = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key<W> key, Kept list) -> list.body().length)
                .build();
    }

    /**
     * Answers with a list.
     *
     * @param wanted empty for one that few ask for, which is made each time
     * @param list reads the connectors, as {@link Lookup#all} does, and says how they are written; from the connectors alone, so that it
     *     is the same while they are
     */
    public void answer(Context ctx, ClusterKey cluster, Optional<W> wanted, Supplier<Json.Writer> list)
            throws IOException {
        if (!Access.of(ctx).may(Role.VIEWER, Place.of(cluster))) {
            // What is kept for all is not for who may see a part: his list is made for him, and has a tag of its own.
            made(ctx, list);
            return;
        }
        // Before the connectors: one that changes in between makes the tag older than the list, never newer.
        Optional<String> version = lookup.version(ctx, cluster);
        if (ctx.req().getHeader("If-None-Match") != null) {
            lookup.cluster(cluster);
        }
        if (version.isPresent() && Conditions.unchanged(ctx, version.get())) {
            return;
        }
        if (wanted.isPresent()) {
            Answer.bytes(ctx, kept(ctx, new Key<>(cluster, wanted.get()), version, list));
        } else {
            made(ctx, list);
        }
    }

    private byte[] kept(Context ctx, Key<W> key, Optional<String> version, Supplier<Json.Writer> list) {
        var known = version.isPresent() ? lists.getIfPresent(key) : null;
        if (known != null && known.version().equals(version.get())) {
            return known.body();
        }
        byte[] body = Json.write(list.get()).toByteArray();
        boolean fresh = !ctx.res().containsHeader(Freshness.STALE);
        if (fresh && version.isPresent() && version.equals(lookup.version(ctx, key.cluster()))) {
            if (body.length <= largest) {
                lists.put(key, new Kept(version.get(), body));
            }
        } else {
            // Something changed while it was read, or a copy answered: it must not bear the name of what was before.
            ctx.res().setHeader("ETag", null);
        }
        return body;
    }

    private static void made(Context ctx, Supplier<Json.Writer> list) throws IOException {
        var writer = list.get();
        Answer.ok(ctx, json -> {
            writer.write(json);
            // Said while it was read, which for long lists goes on until here.
            if (ctx.res().containsHeader(Freshness.STALE)) {
                ctx.res().setHeader("ETag", null);
            }
        });
    }
}
