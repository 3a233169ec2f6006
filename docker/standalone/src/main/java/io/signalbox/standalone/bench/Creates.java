package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
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
        var histogram = new Histogram(3);
        long begin = System.nanoTime();
        try (var connection = new Connection(base)) {
            for (int i = 0; i < count; i++) {
                long sent = System.nanoTime();
                int status = connection.request(
                        "POST", path, "{\"name\":\"" + prefix + "-" + i + "\",\"config\":" + CONFIG + "}");
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
