package io.signalbox.api.live;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * How far a reader of the lifecycle topic is: for each partition, the offset of the next record. Replicas read the partitions
 * in different orders, so that only all of them together say the same on each replica. Immutable.
 */
public final class StreamPosition {

    private static final byte VERSION = 1;
    private static final int LONGEST_NUMBER = 9;

    private final long[] next;
    private String text;

    private StreamPosition(long[] next) {
        this.next = next;
    }

    static StreamPosition of(long... next) {
        return new StreamPosition(next.clone());
    }

    /**
     * @param text as {@link #text()} gave it
     * @param partitions how many partitions the topic has
     * @throws IllegalArgumentException when it is nothing that this topic's reader could have been given
     */
    static StreamPosition parse(String text, int partitions) {
        // Checked first, so that what is decoded is bounded.
        if (text.length() > 4 + (partitions + 1) * LONGEST_NUMBER * 4 / 3) {
            throw new IllegalArgumentException("it is too long");
        }
        var in = new Reader(decoded(text));
        if (in.one() != VERSION || in.number() != partitions) {
            throw new IllegalArgumentException("it is of another log, or of another release");
        }
        var next = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            next[i] = in.number();
        }
        var parsed = new StreamPosition(next);
        if (!in.atEnd() || !parsed.text().equals(text)) {
            throw new IllegalArgumentException("it was changed");
        }
        return parsed;
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is no id", e);
        }
    }

    /** Letters, digits, {@code -} and {@code _}; some 40 of them for 12 partitions. */
    public String text() {
        if (text == null) {
            var out = new ByteArrayOutputStream(2 + 4 * next.length);
            out.write(VERSION);
            write(out, next.length);
            for (long offset : next) {
                write(out, offset);
            }
            text = Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
        }
        return text;
    }

    int partitions() {
        return next.length;
    }

    long next(int partition) {
        return next[partition];
    }

    /** The same after this record. */
    StreamPosition after(int partition, long offset) {
        return at(partition, offset + 1);
    }

    /** The same, but in this partition at least there. */
    StreamPosition at(int partition, long offset) {
        if (offset <= next[partition]) {
            return this;
        }
        long[] moved = next.clone();
        moved[partition] = offset;
        return new StreamPosition(moved);
    }

    /** Whether it is nowhere behind the other. */
    boolean covers(StreamPosition other) {
        for (int i = 0; i < next.length; i++) {
            if (next[i] < other.next[i]) {
                return false;
            }
        }
        return true;
    }

    /** In each partition the later one of both. */
    StreamPosition max(StreamPosition other) {
        if (other.covers(this)) {
            return other;
        }
        if (covers(other)) {
            return this;
        }
        long[] later = next.clone();
        for (int i = 0; i < later.length; i++) {
            later[i] = Math.max(later[i], other.next[i]);
        }
        return new StreamPosition(later);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamPosition position && Arrays.equals(next, position.next);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next);
    }

    @Override
    public String toString() {
        return Arrays.toString(next);
    }

    private static void write(ByteArrayOutputStream out, long number) {
        long left = number;
        while (left > 0x7f) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    /** Seven bits a byte, the lowest first, as many as {@link #LONGEST_NUMBER} bytes can hold. */
    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        byte one() {
            if (atEnd()) {
                throw new IllegalArgumentException("it ends too early");
            }
            return bytes[at++];
        }

        long number() {
            long number = 0;
            for (int i = 0; i < LONGEST_NUMBER; i++) {
                byte b = one();
                number |= (long) (b & 0x7f) << (7 * i);
                if (b >= 0) {
                    return number;
                }
            }
            throw new IllegalArgumentException("a number in it is too large");
        }

        boolean atEnd() {
            return at == bytes.length;
        }
    }
}
