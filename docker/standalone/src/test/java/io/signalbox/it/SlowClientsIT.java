package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Clients that send a byte a second, in the head of a request or in its body, are sent away, and nobody waits for them. */
class SlowClientsIT {

    private static final int SLOW = 200;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(30);
    private static final int A_SECOND = 1_000;

    @Test
    void each_is_closed_in_time_and_the_others_are_answered_meanwhile() throws Exception {
        Api api = SharedReplica.quiet();
        URI url = URI.create(api.get("/").whole().request().uri().toString());
        Histogram before = reads(api, 1_000);
        var over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> slow = new ArrayList<>();
            for (int i = 0; i < SLOW; i++) {
                String head = i % 2 == 0
                        ? "GET /connectors HTTP/1.1\r\nHost: localhost\r\nSlow: "
                        : "POST /connectors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 1000\r\n\r\n";
                slow.add(threads.submit(() -> closedAfter(url, head)));
            }
            Future<Histogram> others = threads.submit(() -> {
                var histogram = new Histogram(3);
                while (!over.get()) {
                    histogram.add(reads(api, 100));
                }
                return histogram;
            });
            long worst = 0;
            for (Future<Long> each : slow) {
                worst = Math.max(worst, each.get());
            }
            over.set(true);
            Histogram during = others.get();
            System.out.println("slow clients=" + SLOW + " closed within ms=" + worst + "; others: p99 us="
                    + during.getValueAtPercentile(99) + " of " + during.getTotalCount() + ", without them "
                    + before.getValueAtPercentile(99));
            Promised.atMost(CLOSED_WITHIN, Duration.ofMillis(worst), "to close the slowest");
        }
    }

    /** @return microseconds of so many reads, all of which succeed */
    private static Histogram reads(Api api, int count) {
        var histogram = new Histogram(3);
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            assertThat(api.get("/connectors").status()).isEqualTo(200);
            histogram.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
        }
        return histogram;
    }

    /** @return milliseconds */
    private static long closedAfter(URI url, String head) throws IOException {
        long begin = System.nanoTime();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            while (stillOpen(socket) && millisSince(begin) <= 2 * CLOSED_WITHIN.toMillis()) {
                socket.getOutputStream().write(' ');
            }
        } catch (SocketException closed) {
            return millisSince(begin);
        }
        return millisSince(begin);
    }

    /** Looks for a second, for what may be said before it is closed, too. */
    private static boolean stillOpen(Socket socket) throws IOException {
        long begin = System.nanoTime();
        while (millisSince(begin) < A_SECOND) {
            socket.setSoTimeout((int) Math.max(1, A_SECOND - millisSince(begin)));
            try {
                if (socket.getInputStream().read() < 0) {
                    return false;
                }
            } catch (SocketTimeoutException open) {
                return true;
            }
        }
        return true;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
