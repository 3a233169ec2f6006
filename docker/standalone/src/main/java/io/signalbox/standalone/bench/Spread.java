package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * The same load whatever the number of replicas: a fixed number of streams of requests, dealt out to the replicas, each
 * with connections of its own, and each going through the same paths in turn.
 */
final class Spread {

    private static final int STREAMS = 3;

    /** In turn, from where each connection's thread begins. */
    private static final String SCRIPT = """
            local paths = {%s}
            local i = math.random(#paths)
            request = function()
                i = i %% #paths + 1
                return wrk.format("GET", paths[i])
            end
            """;

    private final boolean wrk = Wrk.installed();
    private final int connections;

    /** @param connections of all streams together, a multiple of three */
    Spread(int connections) {
        this.connections = connections / STREAMS;
    }

    /** @return rates added up, medians weighted by them, and the worst of the 99th percentiles */
    Sample run(List<URI> replicas, List<String> paths, int seconds) throws IOException, InterruptedException {
        Path script = Files.createTempFile("signalbox-bench", ".lua");
        try (var streams = Executors.newFixedThreadPool(STREAMS)) {
            Files.writeString(
                    script,
                    SCRIPT.formatted(
                            paths.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(","))));
            List<Callable<Sample>> work = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                URI replica = replicas.get(i % replicas.size());
                work.add(
                        wrk
                                ? () -> Wrk.run(replica, 1, connections, seconds, List.of("-s", script.toString()))
                                : () -> own(replica, paths, seconds));
            }
            List<Sample> samples = new ArrayList<>();
            for (Future<Sample> done : streams.invokeAll(work)) {
                samples.add(done.get());
            }
            return together(samples);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            Files.delete(script);
        }
    }

    private static Sample together(List<Sample> samples) {
        double rate = samples.stream().mapToDouble(Sample::perSecond).sum();
        double p50 = samples.stream()
                        .mapToDouble(sample -> sample.p50() * sample.perSecond())
                        .sum()
                / rate;
        double p99 = samples.stream().mapToDouble(Sample::p99).max().orElseThrow();
        return new Sample(rate, p50, p99);
    }

    private Sample own(URI replica, List<String> paths, int seconds) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var all = new Histogram(3);
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                running.add(threads.submit(() -> read(replica, paths, first, end)));
            }
            for (Future<Histogram> one : running) {
                all.add(one.get());
            }
        }
        return Sample.of(all, all.getTotalCount() / (double) seconds);
    }

    private static Histogram read(URI replica, List<String> paths, int first, long end) throws IOException {
        var histogram = new Histogram(3);
        try (var connection = new Connection(replica)) {
            int i = first;
            for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
                int status = connection.request("GET", paths.get(i++ % paths.size()), "");
                histogram.recordValue((System.nanoTime() - sent) / 1_000);
                if (status != 200) {
                    throw new IOException(replica + " answered " + status);
                }
            }
        }
        return histogram;
    }
}
