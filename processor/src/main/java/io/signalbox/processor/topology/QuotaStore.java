package io.signalbox.processor.topology;

import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.GuardedEnvironment;
import io.signalbox.processor.domain.HeldCommand;
import io.signalbox.processor.domain.Quota;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.QuotaUse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * All that quotas need in a partition, kind by kind, in one store: most partitions have none of it. The limits and the use of
 * an environment are in the partition of its quota, guarded environments and held commands in those of the connectors.
 */
final class QuotaStore {

    private static final byte GUARDED = 2;
    private static final byte HELD = 3;

    private final Serde<Quota> quotas = StoreSerde.of(Quota.class);
    private final Serde<QuotaUse> uses = StoreSerde.of(QuotaUse.class);
    private final Serde<GuardedEnvironment> guarded = StoreSerde.of(GuardedEnvironment.class);
    private final Serde<HeldCommand> held = StoreSerde.of(HeldCommand.class);
    private final KeyValueStore<byte[], byte[]> store;

    QuotaStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** @return null when there never was one */
    Quota quota(QuotaKey key) {
        return read(quotas, QuotaView.key(QuotaView.QUOTA, key.environment()));
    }

    void put(Quota quota) {
        write(quotas, QuotaView.key(QuotaView.QUOTA, quota.key().environment()), quota);
    }

    /** @return null when there is none */
    QuotaUse use(String environment) {
        return read(uses, QuotaView.key(QuotaView.USE, environment));
    }

    void put(QuotaUse use) {
        write(uses, QuotaView.key(QuotaView.USE, use.environment()), use.idle() ? null : use);
    }

    List<QuotaUse> uses() {
        return all(uses, QuotaView.USE);
    }

    void put(GuardedEnvironment environment) {
        write(guarded, QuotaView.key(GUARDED, environment.environment()), environment);
    }

    void unguard(String environment) {
        store.delete(QuotaView.key(GUARDED, environment));
    }

    List<GuardedEnvironment> guarded() {
        return all(guarded, GUARDED);
    }

    void put(HeldCommand command) {
        write(held, heldKey(command.key(), command.commandId()), command);
    }

    void release(HeldCommand command) {
        store.delete(heldKey(command.key(), command.commandId()));
    }

    /** @return null when there is none */
    HeldCommand held(ConnectorKey key, String commandId) {
        return read(held, heldKey(key, commandId));
    }

    void eachHeld(Consumer<HeldCommand> then) {
        each(held, HELD, then);
    }

    private static byte[] heldKey(ConnectorKey key, String commandId) {
        return QuotaView.key(HELD, key + "\0" + commandId);
    }

    private <T> T read(Serde<T> serde, byte[] key) {
        return serde.deserializer().deserialize("", store.get(key));
    }

    private <T> void write(Serde<T> serde, byte[] key, T value) {
        store.put(key, serde.serializer().serialize("", value));
    }

    private <T> List<T> all(Serde<T> serde, byte kind) {
        List<T> all = new ArrayList<>();
        each(serde, kind, all::add);
        return all;
    }

    private <T> void each(Serde<T> serde, byte kind, Consumer<T> then) {
        try (var found = store.range(new byte[] {kind}, new byte[] {(byte) (kind + 1)})) {
            found.forEachRemaining(entry -> then.accept(serde.deserializer().deserialize("", entry.value)));
        }
    }
}
