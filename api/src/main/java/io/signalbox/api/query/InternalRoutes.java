package io.signalbox.api.query;

import io.javalin.http.Context;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.RunState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** What replicas ask each other. Answered from local stores only, and only to who knows the replicas' secret. */
public final class InternalRoutes implements Dialect {

    private final LocalStores local;
    private final Serde<ConnectorState> states;
    private final Serde<ObservedOffsets> offsets;
    private final byte[] secret;

    public InternalRoutes(
            LocalStores local, Serde<ConnectorState> states, Serde<ObservedOffsets> offsets, String secret) {
        this.local = local;
        this.states = states;
        this.offsets = offsets;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String prefix() {
        return "/internal";
    }

    @Override
    public void routes(Routes routes) {
        routes.getText(
                Peers.FIND,
                ctx -> answer(
                        ctx,
                        () -> encode(local.find(partition(ctx), required(ctx, "key")).stream()
                                .toList())));
        routes.getText(
                Peers.LIST, ctx -> answer(ctx, () -> encode(local.list(partition(ctx), cluster(ctx), selection(ctx)))));
        routes.getText(
                Peers.OFFSETS,
                ctx -> answer(
                        ctx,
                        () -> local.offsets(partition(ctx), required(ctx, "key"))
                                .map(found -> offsets.serializer().serialize("", found))
                                .orElse(new byte[0])));
        routes.getText(
                Peers.VERSION,
                ctx -> answer(
                        ctx,
                        () -> local.version(partition(ctx), cluster(ctx))
                                .orElse("")
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @FunctionalInterface
    private interface Read {
        byte[] get() throws IOException;
    }

    private void answer(Context ctx, Read read) throws IOException {
        var given = ctx.header(Peers.SECRET_HEADER);
        if (given == null || !MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(404, "HTTP 404 Not Found");
        }
        byte[] found;
        try {
            found = read.get();
        } catch (InvalidStateStoreException e) {
            throw new Refusal(503, "Not owned here");
        }
        ctx.contentType("application/octet-stream").result(found);
    }

    private byte[] encode(List<ConnectorState> found) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (ConnectorState state : found) {
            byte[] one = states.serializer().serialize("", state);
            out.writeInt(one.length);
            out.write(one);
        }
        return bytes.toByteArray();
    }

    private static ClusterKey cluster(Context ctx) {
        if (AggregateKey.parse(required(ctx, "cluster")) instanceof ClusterKey key) {
            return key;
        }
        throw Refusal.bad("cluster must be environment/cluster");
    }

    private static Selection selection(Context ctx) {
        return new Selection(
                ctx.queryParam("after"),
                number(ctx, "limit"),
                ctx.queryParams("state").stream().map(RunState::valueOf).collect(Collectors.toSet()),
                required(ctx, "text"));
    }

    private static int partition(Context ctx) {
        return number(ctx, "partition");
    }

    private static int number(Context ctx, String name) {
        try {
            return Integer.parseInt(required(ctx, name));
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
