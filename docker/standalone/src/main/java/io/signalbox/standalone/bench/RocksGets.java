package io.signalbox.standalone.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The limit of a read below HTTP: RocksDB's own get of a value as long as a connector's, by one thread, warm. */
final class RocksGets {

    private static final int BYTES = 400;
    private static final long SEED = 9;

    private RocksGets() {}

    /** @param keys how many there are, each read as likely as any other */
    static Sample run(int keys, double seconds) throws IOException {
        Path directory = Files.createTempDirectory("signalbox-bench-rocks");
        try (var options = new Options().setCreateIfMissing(true);
                var store = RocksDB.open(options, directory.toString())) {
            for (int i = 0; i < keys; i++) {
                store.put(key(i), new byte[BYTES]);
            }
            read(store, keys, seconds / 2);
            return read(store, keys, seconds);
        } catch (RocksDBException e) {
            throw new IOException(e);
        } finally {
            delete(directory);
        }
    }

    private static Sample read(RocksDB store, int keys, double seconds) throws RocksDBException {
        var random = new Random(SEED);
        // Of nanoseconds: a read is about a microsecond.
        var histogram = new Histogram(3);
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        for (long now = begin; now < end; ) {
            byte[] key = key(random.nextInt(keys));
            long sent = System.nanoTime();
            if (store.get(key) == null) {
                throw new IllegalStateException("RocksDB lost a key");
            }
            now = System.nanoTime();
            histogram.recordValue(now - sent);
        }
        double perSecond = histogram.getTotalCount() * 1e9 / (System.nanoTime() - begin);
        return new Sample(
                perSecond, histogram.getValueAtPercentile(50) / 1e6, histogram.getValueAtPercentile(99) / 1e6);
    }

    private static byte[] key(int number) {
        return ("default/local/connector-" + number).getBytes(StandardCharsets.UTF_8);
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
