package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One client that creates one connector after another. */
final class Creates {

    private static final String CONFIG = """
            {"connector.class":"FileStreamSource","tasks.max":"1","file":"bench.txt","topic":"bench",\
            "key.converter":"org.apache.kafka.connect.storage.StringConverter",\
            "value.converter":"org.apache.kafka.connect.storage.StringConverter"}""";

    private Creates() {}

    /**
     * @param path of the collection, with its query
     * @param prefix of the connectors' names
     */
    static Sample run(URI base, String path, String prefix, int count) throws IOException {
        return paced(base, path, prefix, count, 0);
    }

    /** The same, with a request every so many milliseconds, whatever the one before took; 0 for one after another. */
    static Sample paced(URI base, String path, String prefix, int count, int everyMs) throws IOException {
        var histogram = new Histogram(3);
        long begin = System.nanoTime();
        try (var connection = new Connection(base)) {
            for (int i = 0; i < count; i++) {
                long due = begin + TimeUnit.MILLISECONDS.toNanos((long) i * everyMs);
                LockSupport.parkNanos(everyMs == 0 ? 0 : due - System.nanoTime());
                // From when it was due: a slow answer must not hide the wait of the requests behind it.
                long sent = everyMs == 0 ? System.nanoTime() : due;
                int status = connection.request(
                        "POST", path, "{\"name\":\"" + prefix + "-" + i + "\",\"config\":" + CONFIG + "}");
                histogram.recordValue((System.nanoTime() - sent) / 1_000);
                if (status != 201) {
                    throw new IOException("POST " + path + " answered " + status);
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return Sample.of(histogram, count / seconds);
    }

    /** The part of a create that changes nothing, so that the validation's code is warm on both sides. */
    static void warm(URI base, int count) throws IOException {
        try (var connection = new Connection(base)) {
            for (int i = 0; i < count; i++) {
                int status = connection.request(
                        "PUT",
                        "/connector-plugins/FileStreamSource/config/validate",
                        CONFIG.replace("{", "{\"name\":\"warm\","));
                if (status != 200) {
                    throw new IOException("PUT …/config/validate answered " + status);
                }
            }
        }
    }
}
