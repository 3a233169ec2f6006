package io.signalbox.api.http;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.SecretDecider;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.secrets.StoredSecrets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stored secrets in memory, by the real rules and the real fold. For tests. */
public final class InMemorySecrets implements StoredSecrets {

    private final Map<String, StoredSecret> secrets = new ConcurrentHashMap<>();
    private volatile boolean unread;

    /** Whether a replica is still reading them. */
    public void unread(boolean now) {
        unread = now;
    }

    Decision decide(CommandEnvelope envelope, Command.OfSecret command) {
        return SecretDecider.decide(secrets.get(envelope.key().toString()), envelope, command);
    }

    void fold(RecordedEvent recorded, Event.OfSecret event) {
        String key = recorded.key().toString();
        secrets.put(key, SecretDecider.fold(secrets.get(key), recorded, event));
    }

    long next(CommandEnvelope envelope) {
        var now = secrets.get(envelope.key().toString());
        return now == null ? 1 : now.revision() + 1;
    }

    List<StoredSecret> all() {
        return List.copyOf(secrets.values());
    }

    @Override
    public boolean ready() {
        return !unread;
    }

    @Override
    public Optional<StoredSecret> find(SecretId id) {
        return Optional.ofNullable(secrets.get(id.toString())).filter(secret -> !secret.deleted());
    }

    @Override
    public List<StoredSecret> list(ClusterKey cluster) {
        return list().stream()
                .filter(secret -> secret.key().clusterKey().equals(cluster))
                .toList();
    }

    @Override
    public List<StoredSecret> list() {
        return secrets.values().stream()
                .filter(secret -> !secret.deleted())
                .sorted(Comparator.comparing(secret -> secret.key().id()))
                .toList();
    }

    @Override
    public long version() {
        return secrets.values().stream().mapToLong(StoredSecret::revision).sum();
    }

    @Override
    public void listen(Listener listener) {
        throw new UnsupportedOperationException("Nobody reconciles here");
    }
}
