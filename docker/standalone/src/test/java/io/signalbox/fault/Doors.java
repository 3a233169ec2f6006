package io.signalbox.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The replicas' addresses as a load balancer has them: those whose last probe said that they are ready. One that was probed
 * in vain is out until a probe succeeds.
 */
final class Doors implements AutoCloseable {

    private static final Duration PROBE_PERIOD = Duration.ofMillis(250);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PROBE_LIMIT)
            .build();
    private final List<String> all;
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService probes;

    /** @param all base URLs */
    Doors(List<String> all) {
        this.all = all;
        probes = Executors.newScheduledThreadPool(all.size(), Thread.ofVirtual().factory());
        all.forEach(each ->
                probes.scheduleWithFixedDelay(() -> probe(each), 0, PROBE_PERIOD.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void probe(String base) {
        var request = HttpRequest.newBuilder(URI.create(base + "/health/ready"))
                .timeout(PROBE_LIMIT)
                .build();
        boolean ready;
        try {
            ready = http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException away) {
            ready = false;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return;
        }
        if (ready) {
            open.add(base);
        } else {
            open.remove(base);
        }
    }

    /** Those in rotation, in a random order; all of them when none is. */
    List<String> inSomeOrder(Random random) {
        List<String> some = new ArrayList<>(open);
        if (some.isEmpty()) {
            some.addAll(all);
        }
        Collections.sort(some);
        Collections.shuffle(some, random);
        return some;
    }

    boolean allOpen() {
        return open.size() == all.size();
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        probes.shutdownNow();
        http.shutdownNow();
    }
}
