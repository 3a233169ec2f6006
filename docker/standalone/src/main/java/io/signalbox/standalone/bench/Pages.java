package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import org.HdrHistogram.Histogram;

/** One client that reads a long list page by page, from the first to the last, and again. */
final class Pages {

    private static final String TOKEN = "signalbox-next-page-token";

    private Pages() {}

    /** @param path of the list, with its query and the size of a page */
    static Sample run(URI base, String path, double seconds) throws IOException {
        var histogram = new Histogram(3);
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        try (var connection = new Connection(base)) {
            while (System.nanoTime() < end) {
                String token = "";
                while (token != null && System.nanoTime() < end) {
                    long sent = System.nanoTime();
                    int status = connection.request("GET", path + "&page_token=" + token, "");
                    histogram.recordValue((System.nanoTime() - sent) / 1_000);
                    if (status != 200) {
                        throw new IOException("GET " + path + " answered " + status);
                    }
                    token = connection.header(TOKEN);
                }
            }
        }
        return Sample.of(histogram, histogram.getTotalCount() * 1e9 / (System.nanoTime() - begin));
    }
}
