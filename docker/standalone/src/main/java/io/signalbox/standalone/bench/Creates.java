package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import org.HdrHistogram.Histogram;

/** One client that creates one connector after another. */
final class Creates {

    private Creates() {}

    /**
     * @param path of the collection, with its query
     * @param prefix of the connectors' names
     * @param state the initial state
     */
    static Sample run(URI base, String path, String prefix, String state, int count) throws IOException {
        var histogram = new Histogram(3);
        long begin = System.nanoTime();
        try (var connection = new Connection(base)) {
            for (int i = 0; i < count; i++) {
                long sent = System.nanoTime();
                int status = connection.request("POST", path, body(prefix + "-" + i, state));
                histogram.recordValue((System.nanoTime() - sent) / 1_000);
                if (status != 201) {
                    throw new IOException("POST " + path + " answered " + status);
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Sample(
                count / seconds, histogram.getValueAtPercentile(50) / 1e3, histogram.getValueAtPercentile(99) / 1e3);
    }

    private static String body(String name, String state) {
        return """
                {"name":"%s","initial_state":"%s","config":{"connector.class":"FileStreamSource","tasks.max":"1",\
                "file":"bench.txt","topic":"bench","key.converter":"org.apache.kafka.connect.storage.StringConverter",\
                "value.converter":"org.apache.kafka.connect.storage.StringConverter"}}""".formatted(name, state);
    }
}
