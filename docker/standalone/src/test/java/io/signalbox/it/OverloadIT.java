package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.assertj.core.util.Throwables;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Many more changes than a replica can make, from clients that never wait: it takes what it can, sends the others away with a
 * clear answer, keeps all that it acknowledged, and is itself again at once when they are gone.
 */
class OverloadIT {

    private static final String PREFIX = "overload";
    private static final int LIMIT = 50;
    private static final int CLIENTS = 10 * LIMIT;
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("overload.seconds", 15));
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(10);

    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    @Test
    void who_cannot_be_served_is_told_so_and_what_was_acknowledged_is_there() throws Exception {
        Map<String, String> settings = new HashMap<>(SharedReplica.SMALL);
        settings.put("http.max.requests", Integer.toString(LIMIT));
        Replica replica = RealParts.shared().newReplica(PREFIX, settings);
        replica.startAndAwait();
        try {
            var api = new Api(replica.url());
            assertThat(api.register("local", SharedReplica.NO_WORKER).status()).isEqualTo(201);
            long pid = replica.child().pid();
            load(replica);
            long begin = System.nanoTime();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> api.create("afterwards", Map.of("connector.class", "Any"), "?validate=deferred")
                                    .status()
                            == 201);
            Promised.atMost(RECOVERED_WITHIN, Duration.ofNanos(System.nanoTime() - begin), "to recover");
            System.out.println("overload: answers=" + new TreeMap<>(statuses) + " acknowledged=" + acknowledged.size()
                    + " recovered after ms=" + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            assertThat(replica.child().pid()).isEqualTo(pid);
            assertThat(unanswered).as("requests without an answer").isEmpty();
            assertThat(statuses.keySet()).isSubsetOf(201, 503, 504);
            assertThat(statuses).as("both").containsKeys(201, 503);
            List<String> there = new ArrayList<>();
            api.get("/connectors").body().forEach(name -> there.add(name.asText()));
            assertThat(there).containsAll(acknowledged);
        } finally {
            replica.stop();
        }
    }

    private void load(Replica replica) throws Exception {
        long begin = System.nanoTime();
        long until = begin + LOAD.toNanos();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    while (System.nanoTime() < until) {
                        String name = "c-" + number.incrementAndGet();
                        try {
                            create(http, replica.url(), name);
                        } catch (IOException e) {
                            unanswered.add(name + " after " + Duration.ofNanos(System.nanoTime() - begin) + ": "
                                    + Throwables.getStackTrace(e));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : clients) {
                each.get();
            }
        }
    }

    private void create(HttpClient http, String url, String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url + "/connectors?validate=deferred"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"Any\"}}"))
                        .build(),
                BodyHandlers.ofString());
        count(answer.statusCode());
        if (answer.statusCode() == 201) {
            acknowledged.add(name);
        } else {
            assertThat(answer.headers().firstValue("Retry-After"))
                    .as(answer.body())
                    .isPresent();
        }
    }

    private void count(int status) {
        statuses.computeIfAbsent(status, any -> new LongAdder()).increment();
    }
}
