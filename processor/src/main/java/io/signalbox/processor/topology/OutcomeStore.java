package io.signalbox.processor.topology;

import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.domain.CommandOutcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Outcomes by key and command id, for as long as a command id is remembered. The clock is the log's: what is too old is not
 * found, whether it was removed already or not.
 *
 * <p>Not one of Kafka Streams' window stores: under exactly-once, 4.3 takes one without segments for corrupt at the next
 * start, and restores the whole task from Kafka. Beside each outcome stands its time, in front of all outcomes, so that the
 * old ones are one range.
 */
final class OutcomeStore {

    /** How long a command id is remembered. */
    static final Duration RETENTION = Duration.ofHours(1);

    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int SWEEP_AT_MOST = 10_000;
    private static final byte TIME = 0;
    private static final byte OUTCOME = 1;
    private static final byte[] PRESENT = {1};

    private final Serde<CommandOutcome> serde = StoreSerde.of(CommandOutcome.class);
    private final KeyValueStore<byte[], byte[]> store;
    private Instant swept = Instant.EPOCH;

    OutcomeStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /**
     * @param at the log's time now
     * @return the latest one, or null
     */
    CommandOutcome find(String key, String commandId, Instant at) {
        var outcome = get(id(key, commandId));
        return outcome == null || outcome.at().isBefore(at.minus(RETENTION)) ? null : outcome;
    }

    void put(CommandOutcome outcome) {
        byte[] id = id(outcome.key().toString(), outcome.commandId());
        store.put(outcomeKey(id), serde.serializer().serialize("", outcome));
        store.put(timeKey(outcome.at(), id), PRESENT);
        if (outcome.at().isAfter(swept.plus(SWEEP))) {
            swept = outcome.at();
            sweep(outcome.at().minus(RETENTION));
        }
    }

    private void sweep(Instant before) {
        List<byte[]> old = new ArrayList<>();
        try (var found = store.range(timeKey(Instant.EPOCH, new byte[0]), timeKey(before, new byte[0]))) {
            while (found.hasNext() && old.size() < SWEEP_AT_MOST) {
                old.add(found.next().key);
            }
        }
        for (byte[] timeKey : old) {
            byte[] id = java.util.Arrays.copyOfRange(timeKey, 1 + Long.BYTES, timeKey.length);
            var outcome = get(id);
            // An operation's second outcome takes the place of the first, and has a later time of its own.
            if (outcome != null && outcome.at().isBefore(before)) {
                store.delete(outcomeKey(id));
            }
            store.delete(timeKey);
        }
    }

    private CommandOutcome get(byte[] id) {
        byte[] bytes = store.get(outcomeKey(id));
        return bytes == null ? null : serde.deserializer().deserialize("", bytes);
    }

    private static byte[] id(String key, String commandId) {
        return (key + '\0' + commandId).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] outcomeKey(byte[] id) {
        return ByteBuffer.allocate(1 + id.length).put(OUTCOME).put(id).array();
    }

    private static byte[] timeKey(Instant at, byte[] id) {
        return ByteBuffer.allocate(1 + Long.BYTES + id.length)
                .put(TIME)
                .putLong(at.toEpochMilli())
                .put(id)
                .array();
    }
}
