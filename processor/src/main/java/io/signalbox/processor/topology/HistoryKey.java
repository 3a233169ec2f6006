package io.signalbox.processor.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the history store: the connector key, a zero byte, the kind, the revision. What was asked for and what was observed
 * are two ranges, each in the order of revisions, so that the one is read and kept without the other.
 */
final class HistoryKey {

    private HistoryKey() {}

    /** @param asked as {@link io.signalbox.processor.domain.HistoryEntry#asked()} */
    static byte[] of(String connectorKey, boolean asked, long revision) {
        byte[] key = connectorKey.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(key.length + 2 + Long.BYTES)
                .put(key)
                .put((byte) 0)
                .put((byte) (asked ? 1 : 2))
                .putLong(revision)
                .array();
    }
}
