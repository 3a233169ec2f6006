package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many changes at once cost the worker group few rebalances, and no other task a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CalmIT {

    /** 500 are what is promised. */
    private static final int CREATES = Integer.getInteger("calm.creates", 100);

    private static final int MOST_REBALANCES = 20;
    private static final int CLIENTS = 64;
    private static final String OTHER = "unrelated";
    private static final String STATUS_TOPIC = "connect-calm-status";

    private final RealParts parts = RealParts.shared();
    private final Worker worker = parts.newWorker("calm", Map.of());
    private final Api ownRest = new Api(worker.url());
    private final Topics topics = new Topics(parts);
    private final Replica replica = parts.newReplica("calm", SharedReplica.SMALL);
    private final Api api = new Api(replica.url());
    private final Path files = parts.directory("calm");
    private WorkerGroup group;

    @BeforeAll
    void run() throws Exception {
        worker.start();
        replica.startAndAwait();
        worker.awaitReady(RealParts.START);
        group = new WorkerGroup(worker);
        assertThat(api.register("local", worker.url(), Map.of()).status()).isEqualTo(201);
        assertThat(api.create(OTHER, config(OTHER), "").status()).isEqualTo(201);
        awaitRunning(1);
    }

    @AfterAll
    void stop() throws Exception {
        replica.stop();
        group.close();
        worker.stop();
    }

    @Test
    @Order(1)
    void many_creations_at_once_cost_few_rebalances_and_no_other_task_restarts() throws Exception {
        long before = statusesOfTheOther();
        long generation = group.generation();
        long began = System.nanoTime();
        atOnce(i -> created(name("c", i)));
        awaitRunning(CREATES + 1);
        long rebalances = tell("created", generation, began);
        assertThat(rebalances).isBetween(1L, (long) MOST_REBALANCES);
        assertThat(statusesOfTheOther())
                .as("a task that stops or starts says so in the status topic")
                .isEqualTo(before);
    }

    /** For comparison: the same by hand on the worker's own REST API, by as many clients. */
    @Test
    @Order(2)
    @EnabledIfSystemProperty(named = "calm.byhand", matches = "true")
    void by_hand() throws Exception {
        long generation = group.generation();
        long began = System.nanoTime();
        atOnce(i -> ownRest.create(name("h", i), config(name("h", i)), "").status() == 201);
        awaitRunning(2 * CREATES + 1);
        tell("created by hand", generation, began);
    }

    /** On a busy machine an answer may take too long to be waited for; asked again with the same key it is the first one. */
    private boolean created(String name) {
        var answer = new Api.Answer[1];
        await().pollDelay(Duration.ZERO).until(() -> {
            answer[0] = api.create(name, config(name), "", "Idempotency-Key", name);
            return answer[0].status() != 503;
        });
        return answer[0].status() == 201;
    }

    private long tell(String what, long generation, long began) {
        long rebalances = group.generation() - generation;
        System.out.println("calm " + what + "=" + CREATES + " rebalances=" + rebalances + " ms="
                + Duration.ofNanos(System.nanoTime() - began).toMillis());
        return rebalances;
    }

    private static void atOnce(IntFunction<Boolean> change) throws Exception {
        var places = new Semaphore(CLIENTS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = new ArrayList<>();
            IntStream.range(0, CREATES)
                    .forEach(i -> all.add(() -> {
                        places.acquire();
                        try {
                            return change.apply(i);
                        } finally {
                            places.release();
                        }
                    }));
            for (Future<Boolean> each : threads.invokeAll(all)) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    /** That so many connectors are on the worker, and run with their task. */
    private void awaitRunning(int count) {
        await().until(() -> {
            JsonNode all = ownRest.get("/connectors?expand=status").body();
            return all.size() == count
                    && all.valueStream()
                            .map(each -> each.path("status"))
                            .allMatch(status -> running(status.path("connector"))
                                    && running(status.path("tasks").path(0)));
        });
    }

    private static boolean running(JsonNode part) {
        return part.path("state").asText().equals("RUNNING");
    }

    private long statusesOfTheOther() {
        return topics.all(STATUS_TOPIC).stream()
                .map(status -> new String(status.key(), StandardCharsets.UTF_8))
                .filter(key -> key.contains(OTHER))
                .count();
    }

    private static String name(String prefix, int i) {
        return "%s-%03d".formatted(prefix, i);
    }

    private Map<String, String> config(String name) {
        return FileConnectors.source(files.resolve(name), "calm-lines");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(300));
    }
}
