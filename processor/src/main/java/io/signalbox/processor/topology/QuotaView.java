package io.signalbox.processor.topology;

import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.domain.Quota;
import io.signalbox.processor.domain.QuotaUse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The quota of an environment as a reader sees it. Safe for use by many threads. */
public final class QuotaView {

    static final byte QUOTA = 0;
    static final byte USE = 1;

    private static final Serde<Quota> QUOTAS = StoreSerde.of(Quota.class);
    private static final Serde<QuotaUse> USES = StoreSerde.of(QuotaUse.class);

    private QuotaView() {}

    /** @return empty when there never was one */
    public static Optional<Quota> quota(ReadOnlyKeyValueStore<byte[], byte[]> store, String environment) {
        return Optional.ofNullable(QUOTAS.deserializer().deserialize("", store.get(key(QUOTA, environment))));
    }

    /** @return empty when nothing is counted */
    public static Optional<QuotaUse> use(ReadOnlyKeyValueStore<byte[], byte[]> store, String environment) {
        return Optional.ofNullable(USES.deserializer().deserialize("", store.get(key(USE, environment))));
    }

    static byte[] key(byte kind, String rest) {
        byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array();
    }
}
