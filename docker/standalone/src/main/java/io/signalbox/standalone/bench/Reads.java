package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Several clients that read the same resource as fast as they can: wrk where it is installed, else threads of our own. */
final class Reads {

    private final boolean wrk = Wrk.installed();

    String tool() {
        return wrk ? "wrk" : "the built-in load generator";
    }

    Sample run(Read read, int connections, int seconds) throws IOException, InterruptedException {
        return wrk ? wrk(read, connections, seconds) : own(read, connections, seconds);
    }

    private static Sample wrk(Read read, int connections, int seconds) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        if (read.tag() != null) {
            options.addAll(List.of("-H", "If-None-Match: " + read.tag()));
        }
        return Wrk.run(read.resource(), 2, connections, seconds, options);
    }

    private static Sample own(Read what, int connections, int seconds) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Histogram> histograms = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        List<IOException> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        for (int i = 0; i < connections; i++) {
            var histogram = new Histogram(3);
            histograms.add(histogram);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    read(what, end, histogram);
                } catch (IOException e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        var all = new Histogram(3);
        histograms.forEach(all::add);
        return Sample.of(all, all.getTotalCount() / (double) seconds);
    }

    private static void read(Read what, long end, Histogram histogram) throws IOException {
        URI resource = what.resource();
        String path = resource.getRawPath() + (resource.getRawQuery() == null ? "" : "?" + resource.getRawQuery());
        try (var connection = new Connection(resource)) {
            connection.tag(what.tag());
            for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
                int status = connection.request("GET", path, "");
                histogram.recordValue((System.nanoTime() - sent) / 1_000);
                if (status != (what.tag() == null ? 200 : 304)) {
                    throw new IOException(what + " answered " + status);
                }
            }
        }
    }
}
