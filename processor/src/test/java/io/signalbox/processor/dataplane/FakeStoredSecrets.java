package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.States.THEN;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.DeleteSecret;
import io.signalbox.processor.domain.Command.OfSecret;
import io.signalbox.processor.domain.Command.ReplaceSecret;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.SecretDecider;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.secrets.Sealer;
import io.signalbox.processor.secrets.StoredSecrets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stored secrets in memory, by the real rules and the real fold. For tests. */
public final class FakeStoredSecrets implements StoredSecrets {

    private final Map<SecretId, StoredSecret> secrets = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong version = new AtomicLong();
    private volatile boolean unread;

    public void unread(boolean now) {
        unread = now;
    }

    /** Creates it, or replaces it. */
    public void put(Sealer sealer, SecretId id, String data) {
        String sealed = sealer.seal(id, data);
        take(id, find(id).isPresent() ? new ReplaceSecret(sealed, null) : new CreateSecret(sealed, Map.of()));
    }

    public void delete(SecretId id) {
        take(id, new DeleteSecret());
    }

    /** @throws AssertionError when the log would refuse it */
    public void take(SecretId id, OfSecret command) {
        var now = secrets.get(id);
        var decision = SecretDecider.decide(now, new CommandEnvelope("c", id, "ann", command), command);
        if (!(decision instanceof Decision.Accepted accepted)) {
            throw new AssertionError(decision);
        }
        for (Event event : accepted.events()) {
            long revision = now == null ? 1 : now.revision() + 1;
            var recorded = new RecordedEvent("e", id, revision, THEN, "c", "ann", event);
            now = SecretDecider.fold(now, recorded, (Event.OfSecret) event);
            secrets.put(id, now);
            version.incrementAndGet();
            listeners.forEach(listener -> listener.changed(id));
        }
    }

    @Override
    public boolean ready() {
        return !unread;
    }

    @Override
    public Optional<StoredSecret> find(SecretId id) {
        return Optional.ofNullable(secrets.get(id)).filter(secret -> !secret.deleted());
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
                .sorted(Comparator.comparing(secret -> secret.key().toString()))
                .toList();
    }

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }
}
