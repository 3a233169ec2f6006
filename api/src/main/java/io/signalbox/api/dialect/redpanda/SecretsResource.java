package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Segments;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.http.Violation;
import io.signalbox.api.query.StoreUnavailableException;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.DeleteSecret;
import io.signalbox.processor.domain.Command.ReplaceSecret;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.secrets.StoredSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code /secrets}: what configs of the cluster refer to as {@code ${secretsManager:<id>:<key>}}. It is written, and never read
 * again.
 */
final class SecretsResource {

    private static final long PAUSE_NANOS = 5_000_000;
    private static final int MOST_PAUSES = 400;

    /** Every replica has all of them in memory. */
    private static final int MOST = 1_000;

    private static final long MOST_CHARACTERS = 16L * 1024 * 1024;

    private final RedpandaBase base;
    private final Lookup lookup;
    private final Submitter submitter;
    private final Secrets secrets;
    private final StoredSecrets stored;

    SecretsResource(RedpandaBase base, Lookup lookup, Submitter submitter, Secrets secrets, StoredSecrets stored) {
        this.base = base;
        this.lookup = lookup;
        this.submitter = submitter;
        this.secrets = secrets;
        this.stored = stored;
    }

    void routes(Routes routes) {
        String all = base.template() + "/secrets";
        String one = all + "/{id}";
        routes.get(all, base.onCluster(Role.VIEWER), this::list)
                .post(all, base.onCluster(Role.EDITOR), this::create)
                .get(one, base.onCluster(Role.VIEWER), this::get)
                .put(one, base.onCluster(Role.EDITOR), this::replace)
                .delete(one, base.onCluster(Role.EDITOR), this::delete);
    }

    private void list(Context ctx) throws IOException {
        var page = PageRequest.of(ctx);
        var filter = SecretFilter.of(ctx);
        var cluster = cluster(ctx);
        requireReady();
        List<StoredSecret> found = stored.list(cluster).stream()
                .filter(filter::has)
                .filter(secret -> page.after() == null || secret.key().id().compareTo(page.after()) > 0)
                .toList();
        boolean more = found.size() > page.size();
        List<StoredSecret> shown = more ? found.subList(0, page.size()) : found;
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("secrets");
            for (StoredSecret secret : shown) {
                write(json, secret.key(), secret.labels());
            }
            json.writeEndArray();
            json.writeStringField(
                    "next_page_token",
                    more ? PageRequest.token(shown.getLast().key().id()) : "");
            json.writeEndObject();
        });
    }

    private void get(Context ctx) throws IOException {
        var id = id(ctx, cluster(ctx));
        requireReady();
        var secret = stored.find(id).orElseThrow(() -> Words.noSecret(id));
        Answer.ok(ctx, answer(id, secret.labels()));
    }

    /**
     * The name is that of a connector, which may have several secrets: the first one of that name has it for its id, each further
     * one an id that begins with it. Callers go by the id that they are answered.
     */
    private void create(Context ctx) throws IOException {
        String commandId = submitter.commandId(ctx);
        var cluster = cluster(ctx);
        var request = Body.read(ctx, SecretRequest::read).toCreate();
        requireRoom(cluster, 1);
        var id = SecretId.of(cluster, request.name());
        var outcome = create(ctx, id, request, commandId);
        if (outcome.rejected() && outcome.rejection().code() == RejectionCode.ALREADY_EXISTS) {
            id = SecretId.of(cluster, request.name() + "-" + suffix(commandId));
            outcome = create(ctx, id, request, commandId + "~2");
        }
        Words.stored(id, outcome);
        String sealed = secrets.sealed(id, request.data());
        seen(id, found -> found.filter(secret -> secret.data().equals(sealed)).isPresent());
        ctx.res()
                .setHeader(
                        "Location",
                        base.clusters() + "/" + ctx.pathParam("cluster") + "/secrets/" + Segments.encode(id.id()));
        Answer.json(ctx, 201, answer(id, request.labels()));
    }

    private CommandOutcome create(Context ctx, SecretId id, SecretRequest request, String commandId) {
        return submitter.submit(
                ctx, id, new CreateSecret(secrets.sealed(id, request.data()), request.labels()), commandId);
    }

    /** The same for the same request, so that one that comes again gets the same secret. */
    private static String suffix(String commandId) {
        return UUID.nameUUIDFromBytes(commandId.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }

    private void replace(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var id = id(ctx, cluster(ctx));
        var request = Body.read(ctx, SecretRequest::read).toReplace();
        requireRoom(id.clusterKey(), 0);
        String sealed = secrets.sealed(id, request.data());
        long before = stored.find(id).map(StoredSecret::revision).orElse(0L);
        var labels = request.labels().isEmpty() ? null : request.labels();
        Words.stored(id, submitter.submit(ctx, id, new ReplaceSecret(sealed, labels)));
        var now = seen(
                id,
                found -> found.filter(secret -> secret.revision() > before
                                || secret.data().equals(sealed)
                                        && (labels == null || secret.labels().equals(labels)))
                        .isPresent());
        Map<String, String> shown = labels == null
                ? now.<Map<String, String>>map(StoredSecret::labels).orElse(Map.of())
                : labels;
        Answer.json(ctx, 200, answer(id, shown));
    }

    private void delete(Context ctx) {
        submitter.commandId(ctx);
        var id = id(ctx, cluster(ctx));
        Words.stored(id, submitter.submit(ctx, id, new DeleteSecret()));
        seen(id, Optional::isEmpty);
        Answer.empty(ctx, 204);
    }

    /** This replica learns from the log what it has just asked for; waits for it, for two seconds at most: it is accepted anyway. */
    private Optional<StoredSecret> seen(SecretId id, Predicate<Optional<StoredSecret>> wanted) {
        var found = stored.find(id);
        for (int i = 0; i < MOST_PAUSES && !wanted.test(found); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = stored.find(id);
        }
        return found;
    }

    private ClusterKey cluster(Context ctx) {
        return lookup.cluster(base.cluster(ctx)).key();
    }

    /** By what this replica knows: a few more may come at once. */
    private void requireRoom(ClusterKey cluster, int more) {
        var all = stored.list(cluster);
        long characters = all.stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret.data()), secret.previous().stream()))
                .mapToLong(String::length)
                .sum();
        if (all.size() + more > MOST || characters > MOST_CHARACTERS) {
            throw new Refusal(
                    403,
                    "Cluster " + cluster + " has as many secrets as are stored: " + MOST + ", or " + MOST_CHARACTERS
                            + " characters with what they were before. Delete some that nothing refers to");
        }
    }

    private void requireReady() {
        if (!stored.ready()) {
            throw new StoreUnavailableException("The stored secrets are still being read", null);
        }
    }

    private static SecretId id(Context ctx, ClusterKey cluster) {
        String id = ctx.pathParam("id");
        if (!SecretId.legal(id)) {
            throw Words.invalid(List.of(new Violation("id", SecretRequest.ID)));
        }
        return SecretId.of(cluster, id);
    }

    /** Below {@code /v1/} the documents have it in an object around it, as Console does, and before that they had not. */
    private Json.Writer answer(SecretId id, Map<String, String> labels) {
        return json -> {
            if (base.version() == Version.V1) {
                json.writeStartObject();
                json.writeFieldName("secret");
                write(json, id, labels);
                json.writeEndObject();
            } else {
                write(json, id, labels);
            }
        };
    }

    /** {@code Secret}. It has no scopes: it is for Kafka Connect, and for nothing else. */
    private static void write(JsonGenerator json, SecretId id, Map<String, String> labels) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id.id());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : labels.entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("scopes");
        json.writeEndArray();
        json.writeEndObject();
    }
}
