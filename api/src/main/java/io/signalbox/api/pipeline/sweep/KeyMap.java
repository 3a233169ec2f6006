package io.signalbox.api.pipeline.sweep;

import java.util.Arrays;

/**
 * Where keys of 128 bits stand: open addressing with linear probing in three arrays, 24 bytes a slot, at most two thirds full. The bits
 * are those of a digest, so that they need no further mixing.
 */
final class KeyMap {

    /** Of no place. */
    static final long NONE = -1;

    private static final int LEAST = 1 << 10;

    private long[] high = new long[LEAST];
    private long[] low = new long[LEAST];
    private long[] places = emptied(LEAST);
    private int size;

    private static long[] emptied(int slots) {
        long[] places = new long[slots];
        Arrays.fill(places, NONE);
        return places;
    }

    /** @param place not negative */
    void put(RowKey key, long place) {
        if (size * 3L >= places.length * 2L) {
            grow();
        }
        int slot = slot(key.high(), key.low());
        if (places[slot] == NONE) {
            high[slot] = key.high();
            low[slot] = key.low();
            size++;
        }
        places[slot] = place;
    }

    /** @return {@link #NONE} when it is not there */
    long get(RowKey key) {
        return places[slot(key.high(), key.low())];
    }

    void remove(RowKey key) {
        int hole = slot(key.high(), key.low());
        if (places[hole] == NONE) {
            return;
        }
        size--;
        int mask = places.length - 1;
        for (int next = (hole + 1) & mask; places[next] != NONE; next = (next + 1) & mask) {
            int ideal = (int) low[next] & mask;
            // What is found by way of the hole takes its place.
            if (((next - ideal) & mask) >= ((next - hole) & mask)) {
                high[hole] = high[next];
                low[hole] = low[next];
                places[hole] = places[next];
                hole = next;
            }
        }
        places[hole] = NONE;
    }

    int size() {
        return size;
    }

    /** All places, in no order. */
    long[] places() {
        return Arrays.stream(places).filter(place -> place != NONE).toArray();
    }

    /** That of the key, or the free one where it belongs. */
    private int slot(long ofHigh, long ofLow) {
        int mask = places.length - 1;
        int slot = (int) ofLow & mask;
        while (places[slot] != NONE && (high[slot] != ofHigh || low[slot] != ofLow)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldPlaces = places;
        high = new long[oldHigh.length * 2];
        low = new long[high.length];
        places = emptied(high.length);
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != NONE) {
                int slot = slot(oldHigh[i], oldLow[i]);
                high[slot] = oldHigh[i];
                low[slot] = oldLow[i];
                places[slot] = oldPlaces[i];
            }
        }
    }
}
