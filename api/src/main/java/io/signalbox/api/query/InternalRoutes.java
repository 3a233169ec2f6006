package io.signalbox.api.query;

import io.javalin.http.Context;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.domain.ConnectorState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** What replicas ask each other. Answered from local stores only, and only to who knows the replicas' secret. */
public final class InternalRoutes implements Dialect {

    private final LocalStores local;
    private final Serde<ConnectorState> states;
    private final byte[] secret;

    public InternalRoutes(LocalStores local, Serde<ConnectorState> states, String secret) {
        this.local = local;
        this.states = states;
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
                        () -> local.find(partition(ctx), required(ctx, "key")).stream()
                                .toList()));
        routes.getText(Peers.LIST, ctx -> answer(ctx, () -> local.list(partition(ctx), required(ctx, "prefix"))));
    }

    @FunctionalInterface
    private interface Read {
        List<ConnectorState> get();
    }

    private void answer(Context ctx, Read read) throws IOException {
        var given = ctx.header(Peers.SECRET_HEADER);
        if (given == null || !MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(404, "HTTP 404 Not Found");
        }
        List<ConnectorState> found;
        try {
            found = read.get();
        } catch (InvalidStateStoreException e) {
            throw new Refusal(503, "Not owned here");
        }
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (ConnectorState state : found) {
            byte[] one = states.serializer().serialize("", state);
            out.writeInt(one.length);
            out.write(one);
        }
        ctx.contentType("application/octet-stream").result(bytes.toByteArray());
    }

    private static int partition(Context ctx) {
        try {
            return Integer.parseInt(required(ctx, "partition"));
        } catch (NumberFormatException e) {
            throw Refusal.bad("partition must be a number");
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
