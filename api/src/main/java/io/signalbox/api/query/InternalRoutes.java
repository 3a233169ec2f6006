package io.signalbox.api.query;

import io.javalin.http.Context;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.topology.PartitionStores;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** What replicas ask each other. Answered from local stores only, and only to who knows the replicas' secret. */
public final class InternalRoutes implements Dialect {

    private final LocalStores local;
    private final Standbys standbys;
    private final PeerCodec codec = new PeerCodec();
    private final Function<ConnectorKey, Optional<Outlook>> outlooks;
    private final byte[] secret;
    private final Rule replicas = Rule.replicas(this::knowsSecret);

    /** What may come in a batch: what is answered at once, and is small. */
    private final Map<String, Function<InternalQuery, byte[]>> atOnce =
            Map.of(Question.FIND, this::one, Peers.VERSION, this::versions);

    /** @param outlooks this replica's own */
    public InternalRoutes(
            LocalStores local, Standbys standbys, Function<ConnectorKey, Optional<Outlook>> outlooks, String secret) {
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
                replicas,
                ctx -> answer(ctx, query -> query.standby() ? copy(ctx, query, find(query)) : one(query)));
        routes.getText(Question.OFFSETS, replicas, ctx -> answer(ctx, query -> ask(ctx, query, offsets(query))));
        routes.getText(Question.LIST, replicas, ctx -> answer(ctx, query -> ask(ctx, query, list(query))));
        routes.getText(Question.HISTORY, replicas, ctx -> answer(ctx, query -> ask(ctx, query, history(query))));
        routes.getText(Question.THEN, replicas, ctx -> answer(ctx, query -> ask(ctx, query, then(query))));
        routes.getText(Question.QUOTA, replicas, ctx -> answer(ctx, query -> ask(ctx, query, quota(query))));
        routes.getText(
                Question.SECRETS,
                replicas,
                ctx -> answer(
                        ctx,
                        query -> ask(
                                ctx, query, stores -> LocalStores.keyUse(stores).bytes())));
        routes.getText(
                Peers.OUTLOOK, replicas, ctx -> answer(ctx, query -> codec.outlook(outlooks.apply(connector(query)))));
        routes.getText(Peers.VERSION, replicas, ctx -> answer(ctx, this::versions));
        routes.getText(Batch.PATH, replicas, ctx -> send(ctx, () -> batch(Batch.questions(ctx.queryString()))));
    }

    private void answer(Context ctx, Function<InternalQuery, byte[]> read) {
        send(ctx, () -> read.apply(InternalQuery.of(ctx)));
    }

    /** Takes as long for a wrong secret as for the right one. */
    private boolean knowsSecret(Context ctx) {
        var given = Objects.requireNonNullElse(ctx.header(Peers.SECRET_HEADER), "-");
        return MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
    }

    private void send(Context ctx, Supplier<byte[]> read) {
        byte[] found;
        try {
            found = read.get();
        } catch (InvalidStateStoreException e) {
            throw new Refusal(503, "Not here");
        } catch (OwedException e) {
            throw new Refusal(OwedException.STATUS, "Not all is here yet that was answered");
        }
        ctx.res().setContentLength(found.length);
        ctx.contentType("application/octet-stream").result(found);
    }

    private byte[] ask(Context ctx, InternalQuery query, Function<PartitionStores, byte[]> question) {
        return query.standby()
                ? copy(ctx, query, question)
                : question.apply(local.get(query.partition(), query.number("position"), query.patience()));
    }

    private byte[] copy(Context ctx, InternalQuery query, Function<PartitionStores, byte[]> question) {
        int partition = query.partition();
        byte[] found = question.apply(standbys.copy(partition));
        ctx.header(Peers.AGE_HEADER, Long.toString(standbys.age(partition).toMillis()));
        return found;
    }

    /** Of an owner, who may know it before its stores. */
    private byte[] one(InternalQuery query) {
        return find(query).apply(local.getOne(query.partition(), query.number("position"), query.patience()));
    }

    private Function<PartitionStores, byte[]> find(InternalQuery query) {
        String key = query.required("key");
        return stores -> codec.state(stores.find(key));
    }

    private Function<PartitionStores, byte[]> offsets(InternalQuery query) {
        String key = query.required("key");
        var which = query.offsets();
        return stores -> codec.offsets(LocalStores.offsets(stores, key, which));
    }

    private Function<PartitionStores, byte[]> history(InternalQuery query) {
        String key = query.required("key");
        var page = query.page();
        return stores -> codec.entries(LocalStores.history(stores, key, page));
    }

    private Function<PartitionStores, byte[]> quota(InternalQuery query) {
        String environment = query.required("environment");
        return stores -> codec.quota(LocalStores.quota(stores, environment));
    }

    private Function<PartitionStores, byte[]> then(InternalQuery query) {
        String key = query.required("key");
        var moment = query.moment();
        return stores -> codec.then(LocalStores.then(stores, key, moment));
    }

    private Function<PartitionStores, byte[]> list(InternalQuery query) {
        var cluster = query.cluster();
        var selection = query.selection();
        return stores ->
                codec.states(Merge.of(List.of(LocalStores.cursor(stores, cluster, selection.after())), selection));
    }

    private byte[] versions(InternalQuery query) {
        String cluster = query.cluster().toString();
        var versions = new StringBuilder();
        var positions = query.numbers("position");
        var partitions = query.numbers("partition");
        if (partitions.size() != positions.size()) {
            throw Refusal.bad("Each partition needs a position");
        }
        for (int i = 0; i < partitions.size(); i++) {
            int partition = partitions.get(i).intValue();
            var version =
                    local.getOne(partition, positions.get(i), query.patience()).version(cluster);
            if (version.isEmpty()) {
                return new byte[0];
            }
            versions.append(partition).append(' ').append(version.get()).append('\n');
        }
        return versions.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] batch(List<String> questions) {
        List<byte[]> answers = new ArrayList<>();
        for (String path : questions) {
            String[] parts = path.split("\\?", 2);
            var read = atOnce.get(parts[0]);
            if (read == null || parts.length != 2) {
                throw Refusal.bad("Cannot be asked in a batch: " + parts[0]);
            }
            answers.add(orNotHere(read, InternalQuery.parse(parts[1])));
        }
        return Batch.answers(answers);
    }

    private static ConnectorKey connector(InternalQuery query) {
        if (AggregateKey.parse(query.required("key")) instanceof ConnectorKey key) {
            return key;
        }
        throw Refusal.bad("key must be environment/cluster/connector");
    }

    private static byte[] orNotHere(Function<InternalQuery, byte[]> read, InternalQuery query) {
        try {
            return read.apply(query);
        } catch (InvalidStateStoreException | StoreUnavailableException e) {
            return Batch.NOT_HERE;
        }
    }
}
