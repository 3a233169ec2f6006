package io.signalbox.api.query;

import io.javalin.http.Context;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.topology.PartitionStores;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** What replicas ask each other. Answered from local stores only, and only to who knows the replicas' secret. */
public final class InternalRoutes implements Dialect {

    private static final long LONGEST_PATIENCE_MS = 30_000;

    private final LocalStores local;
    private final Standbys standbys;
    private final PeerCodec codec = new PeerCodec();
    private final Function<ConnectorKey, Optional<Outlook>> outlooks;
    private final byte[] secret;

    /** @param outlooks this replica's own */
    public InternalRoutes(
            LocalStores local,
            Standbys standbys,
            Function<ConnectorKey, Optional<Outlook>> outlooks,
            String secret) {
        this.outlooks = outlooks;
        this.local = local;
        this.standbys = standbys;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String prefix() {
        return "/internal";
    }

    @Override
    public void routes(Routes routes) {
        routes.getText(
                Question.FIND,
                ctx -> guarded(ctx, () -> {
                    String key = required(ctx, "key");
                    return ask(
                            ctx,
                            stores -> codec.states(stores.find(key).stream().toList()));
                }));
        routes.getText(
                Question.OFFSETS,
                ctx -> guarded(ctx, () -> {
                    String key = required(ctx, "key");
                    return ask(ctx, stores -> codec.offsets(LocalStores.offsets(stores, key)));
                }));
        routes.getText(
                Question.LIST,
                ctx -> guarded(ctx, () -> {
                    var cluster = cluster(ctx);
                    var selection = selection(ctx);
                    return ask(
                            ctx,
                            stores -> codec.states(Merge.of(
                                    List.of(LocalStores.cursor(stores, cluster, selection.after())), selection)));
                }));
        routes.getText(Peers.OUTLOOK, ctx -> guarded(ctx, () -> codec.outlook(outlooks.apply(connector(ctx)))));
        routes.getText(Peers.VERSION, ctx -> guarded(ctx, () -> versions(ctx)));
    }

    @FunctionalInterface
    private interface Read {
        byte[] get();
    }

    private void guarded(Context ctx, Read read) {
        var given = ctx.header(Peers.SECRET_HEADER);
        if (given == null || !MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(404, "HTTP 404 Not Found");
        }
        byte[] found;
        try {
            found = read.get();
        } catch (InvalidStateStoreException e) {
            throw new Refusal(503, "Not here");
        }
        ctx.contentType("application/octet-stream").result(found);
    }

    private byte[] ask(Context ctx, Function<PartitionStores, byte[]> question) {
        int partition = number(required(ctx, "partition"), "partition").intValue();
        if ("true".equals(ctx.queryParam("standby"))) {
            byte[] found = question.apply(standbys.copy(partition));
            ctx.header(Peers.AGE_HEADER, Long.toString(standbys.age(partition).toMillis()));
            return found;
        }
        long position = number(required(ctx, "position"), "position");
        return question.apply(local.get(partition, position, patience(ctx)));
    }

    private byte[] versions(Context ctx) {
        String cluster = cluster(ctx).toString();
        var versions = new StringBuilder();
        var positions = ctx.queryParams("position");
        var partitions = ctx.queryParams("partition");
        if (partitions.size() != positions.size()) {
            throw Refusal.bad("Each partition needs a position");
        }
        for (int i = 0; i < partitions.size(); i++) {
            int partition = number(partitions.get(i), "partition").intValue();
            var version = local.get(partition, number(positions.get(i), "position"), patience(ctx))
                    .version(cluster);
            if (version.isEmpty()) {
                return new byte[0];
            }
            versions.append(partition).append(' ').append(version.get()).append('\n');
        }
        return versions.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Duration patience(Context ctx) {
        return Duration.ofMillis(Math.min(LONGEST_PATIENCE_MS, number(required(ctx, "patience"), "patience")));
    }

    private static ClusterKey cluster(Context ctx) {
        if (AggregateKey.parse(required(ctx, "cluster")) instanceof ClusterKey key) {
            return key;
        }
        throw Refusal.bad("cluster must be environment/cluster");
    }

    private static ConnectorKey connector(Context ctx) {
        if (AggregateKey.parse(required(ctx, "key")) instanceof ConnectorKey key) {
            return key;
        }
        throw Refusal.bad("key must be environment/cluster/connector");
    }

    private static Selection selection(Context ctx) {
        return new Selection(
                ctx.queryParam("after"),
                number(required(ctx, "limit"), "limit").intValue(),
                ctx.queryParams("state").stream().map(RunState::valueOf).collect(Collectors.toSet()),
                required(ctx, "text"));
    }

    private static Long number(String text, String name) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refusal.bad(name + " must be a number");
        }
    }

    private static String required(Context ctx, String name) {
        var value = ctx.queryParam(name);
        if (value == null) {
            throw Refusal.bad("Missing query parameter " + name);
        }
        return value;
    }
}
