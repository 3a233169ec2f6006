package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** Several clients that read the same resource as fast as they can: wrk where it is installed, else threads of our own. */
final class Reads {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([\\d.]+)");
    private static final Pattern PERCENTILE = Pattern.compile("(50|99)%\\s+([\\d.]+)(us|ms|s)");

    private final boolean wrk = installed();

    String tool() {
        return wrk ? "wrk" : "the built-in load generator";
    }

    Sample run(Read read, int connections, int seconds) throws IOException, InterruptedException {
        return wrk ? wrk(read, connections, seconds) : own(read, connections, seconds);
    }

    private static Sample wrk(Read read, int connections, int seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t2", "-c" + connections, "-d" + seconds, "--timeout", "30", "--latency"));
        if (read.tag() != null) {
            command.addAll(List.of("-H", "If-None-Match: " + read.tag()));
        }
        command.add(read.resource().toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        Matcher rate = RATE.matcher(out);
        if (!rate.find() || out.contains("Non-2xx")) {
            throw new IOException("wrk failed on " + read + ": " + out);
        }
        double p50 = 0;
        double p99 = 0;
        Matcher percentile = PERCENTILE.matcher(out);
        while (percentile.find()) {
            double ms = Double.parseDouble(percentile.group(2))
                    * switch (percentile.group(3)) {
                        case "us" -> 0.001;
                        case "ms" -> 1;
                        default -> 1_000;
                    };
            if (percentile.group(1).equals("50")) {
                p50 = ms;
            } else {
                p99 = ms;
            }
        }
        return new Sample(Double.parseDouble(rate.group(1)), p50, p99);
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

    private static boolean installed() {
        try {
            new ProcessBuilder("wrk", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return true;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
