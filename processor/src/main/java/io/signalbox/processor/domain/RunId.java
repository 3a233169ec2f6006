package io.signalbox.processor.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562, section 5.7) that follow from the log alone: its time, and a digest where others have chance. */
final class RunId {

    private static final int TIME_SHIFT = 16;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RunId() {}

    /**
     * @param before the run before; null when it is the first
     * @param seed what no other run has
     * @return greater than that of the run before, also where the log's clock stood still or went back
     */
    static String next(Run before, Instant at, String seed) {
        return after(before == null ? null : before.id(), at, seed);
    }

    /**
     * @param before the one before; null when it is the first
     * @param seed as for {@link #next}
     * @return greater than the one before
     */
    static String after(String before, Instant at, String seed) {
        long least = before == null ? 0 : millis(before) + 1;
        return of(Math.max(at.toEpochMilli(), least), seed);
    }

    private static String of(long millis, String seed) {
        var bits = ByteBuffer.wrap(digest(seed));
        long high = millis << TIME_SHIFT | VERSION | bits.getLong() & 0xfff;
        long low = VARIANT | bits.getLong() & 0x3fff_ffff_ffff_ffffL;
        return new UUID(high, low).toString();
    }

    /** When it says that it was made, in milliseconds since 1970. */
    static long millis(String id) {
        return UUID.fromString(id).getMostSignificantBits() >>> TIME_SHIFT;
    }

    private static byte[] digest(String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
