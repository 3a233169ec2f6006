package io.signalbox.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Request GET = new Request("GET", "/", "", 200);

    private final AtomicInteger asked = new AtomicInteger();
    private volatile int firstTakesMs;
    private volatile int busy;
    private HttpServer server;
    private URI url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            int number = asked.incrementAndGet();
            if (number == 1 && firstTakesMs > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(firstTakesMs));
            }
            exchange.sendResponseHeaders(number <= busy ? 409 : 200, -1);
            exchange.close();
        });
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void as_many_are_asked_as_are_counted_by_all_clients_together() throws Exception {
        new Load(url, 4).count(41, i -> GET);
        assertThat(asked).hasValue(41);
    }

    @Test
    void arrivals_begin_at_once_come_at_the_mean_rate_and_are_the_same_in_each_run() {
        long[] due = Load.arrivals(1_000, 10);
        assertThat(due).startsWith(0).isSorted();
        assertThat(due.length).isBetween(9_600, 10_400);
        assertThat(due[due.length - 1]).isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertThat(Load.arrivals(1_000, 10)).isEqualTo(due);
        double[] gaps = new double[due.length - 1];
        Arrays.setAll(gaps, i -> due[i + 1] - due[i]);
        // A Poisson process: gaps are as far from each other as they are long.
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(gaps)
                .map(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElseThrow());
        assertThat(spread / mean).isBetween(0.9, 1.1);
    }

    @Test
    void in_an_open_load_the_wait_behind_a_slow_answer_is_everybodys() throws Exception {
        firstTakesMs = 500;
        Sample open = new Load(url, 1).paced(100, 0.5, i -> GET);
        // Those who came in the half second waited for a quarter on average.
        assertThat(open.p50()).isGreaterThan(100);
        assertThat(open.p99()).isGreaterThan(400);
    }

    @Test
    void in_a_closed_load_it_is_that_of_one_request() throws Exception {
        firstTakesMs = 500;
        Sample closed = new Load(url, 1).count(60, i -> GET);
        assertThat(closed.p50()).isLessThan(100);
    }

    @Test
    void who_is_told_409_asks_again_and_it_counts() throws Exception {
        busy = 20;
        Sample sample = new Load(url, 1).count(1, i -> GET);
        assertThat(asked).hasValue(21);
        // Twenty pauses of ten milliseconds.
        assertThat(sample.p50()).isGreaterThanOrEqualTo(190);
    }

    @Test
    void another_answer_than_the_right_one_ends_it() {
        assertThatThrownBy(() -> new Load(url, 2).count(3, i -> new Request("PUT", "/x", "{}", 201)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PUT /x answered 200");
    }
}
