package io.signalbox.processor.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keys of the configs store: the connector key, a zero byte, the revision; in this order a connector's configs are one range. */
public final class VersionKey {

    private VersionKey() {}

    /** @param revision zero for the lowest key of a connector */
    public static byte[] of(String connectorKey, long revision) {
        byte[] key = connectorKey.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(key.length + 1 + Long.BYTES)
                .put(key)
                .put((byte) 0)
                .putLong(revision)
                .array();
    }
}
