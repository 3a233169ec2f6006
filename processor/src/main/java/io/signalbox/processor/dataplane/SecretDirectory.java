package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.secrets.StoredSecrets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;

/** The stored secrets, as their topic has them: sealed. */
public final class SecretDirectory implements StoredSecrets, AutoCloseable {

    private final CompactedTable<StoredSecret> table;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** @param consumer without a group, for this alone, which closes it; it reads partition 0 */
    public SecretDirectory(Consumer<String, StoredSecret> consumer, String topic) {
        table = new CompactedTable<>("signalbox-secrets", consumer, topic);
        table.listen(this::changed);
    }

    public void start() {
        table.start();
    }

    @Override
    public boolean ready() {
        return table.ready();
    }

    @Override
    public Optional<StoredSecret> find(SecretId id) {
        return table.find(id.toString());
    }

    @Override
    public List<StoredSecret> list(ClusterKey cluster) {
        return list().stream()
                .filter(secret -> secret.key().clusterKey().equals(cluster))
                .sorted(Comparator.comparing(secret -> secret.key().id()))
                .toList();
    }

    @Override
    public List<StoredSecret> list() {
        return table.list();
    }

    @Override
    public long version() {
        return table.version();
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Until all is read nothing is made of it, so that nobody needs to be told; what has a key of another kind is found by nobody. */
    private void changed(String key) {
        if (ready() && parse(key) instanceof SecretId id) {
            listeners.forEach(listener -> listener.changed(id));
        }
    }

    private static AggregateKey parse(String key) {
        try {
            return AggregateKey.parse(key);
        } catch (IllegalArgumentException e) {
            return null; // the same as a key of another kind
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
