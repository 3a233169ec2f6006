package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A quota on two real replicas: exactly as many as it leaves room for are created, whoever asks where, and who dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaIT {

    private static final int PARTITIONS = 6;
    private static final int PLACES = 10;
    private static final int ASKED = 40;
    private static final Map<String, String> CONFIG = Map.of("connector.class", "Any", "tasks.max", "2");

    private final RealParts parts = RealParts.shared();
    private final Map<String, String> settings =
            Map.of("topic.partitions", Integer.toString(PARTITIONS), "session.timeout.ms", "6000");
    private final Replica first = parts.newReplica("quota", settings);
    private final Replica second = parts.newReplica("quota", settings);
    private final List<Api> apis = List.of(new Api(first.url()), new Api(second.url()));

    @BeforeAll
    void start() throws InterruptedException {
        first.start();
        second.start();
        first.awaitReady(RealParts.START);
        second.awaitReady(RealParts.START);
    }

    @AfterAll
    void stop() {
        parts.dismiss(first);
        parts.dismiss(second);
    }

    /** Until each partition has one owner, and each replica owns some. */
    @BeforeEach
    void awaitSharedWork() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    var owned = apis.stream().mapToInt(this::owned).toArray();
                    assertThat(owned).doesNotContain(0);
                    assertThat(IntStream.of(owned).sum()).isEqualTo(PARTITIONS);
                });
    }

    private int owned(Api api) {
        return (int) IntStream.range(0, PARTITIONS)
                .filter(partition -> api.get(
                                        "/internal/v1/version?position=0&patience=1000&cluster=default%2Flocal&partition="
                                                + partition,
                                        "Signalbox-Internal",
                                        parts.internalSecret())
                                .status()
                        == 200)
                .count();
    }

    private static String quota(String environment) {
        return "/signalbox/v1/environments/" + environment + "/quota";
    }

    private static String connectors(String environment) {
        return "/environments/" + environment + "/clusters/local/connectors";
    }

    /** An environment with a cluster whose worker never answers, which both replicas know. */
    private void environment(String name) {
        String cluster = "/signalbox/v1/environments/" + name + "/clusters/local";
        var spec = Map.of("workers", List.of(SharedReplica.NO_WORKER));
        assertThat(apis.getFirst().put(cluster, spec).status()).isEqualTo(201);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(apis)
                        .allMatch(api -> api.get(connectors(name)).status() == 200));
    }

    private void limit(String environment, int most) {
        var answer = apis.getLast().put(quota(environment), Map.of("connectors", Map.of("limit", most)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static Api.Answer create(Api api, String environment, String name, String key) {
        return api.post(
                connectors(environment) + "?validate=deferred",
                Map.of("name", name, "config", CONFIG),
                "Idempotency-Key",
                key);
    }

    /** Asks again, under the same id, whoever is there, until it is known what became of it. */
    private Api.Answer created(String environment, int number) {
        String name = "c%02d".formatted(number);
        var replicas = List.of(apis.get(number % 2), apis.get((number + 1) % 2));
        return Awaitility.await(name)
                .atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            Api.Answer last = null;
                            for (Api api : replicas) {
                                try {
                                    last = create(api, environment, name, "key-" + name);
                                    if (last.status() < 500) {
                                        return last;
                                    }
                                } catch (IllegalStateException lost) {
                                    assertThat(lost).hasCauseInstanceOf(IOException.class);
                                }
                            }
                            return last;
                        },
                        answer -> answer != null && answer.status() < 500);
    }

    private List<Api.Answer> all(List<Callable<Api.Answer>> asks) throws Exception {
        List<Api.Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> under = new ArrayList<>();
            for (Callable<Api.Answer> ask : asks) {
                under.add(threads.submit(ask));
            }
            for (Future<Api.Answer> answer : under) {
                answers.add(answer.get(120, TimeUnit.SECONDS));
            }
        }
        return answers;
    }

    private static void requireExactlyTheLimit(List<Api.Answer> answers) {
        assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 403);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(PLACES);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 403)
                .allMatch(answer -> answer.message().contains("is limited to 10 connectors, and has 10."));
    }

    /** What the books say is what is listed. */
    private void requireUsed(String environment, int connectors) {
        for (Api api : apis) {
            var list = api.get(connectors(environment), "Signalbox-Consistency", "strong");
            assertThat(list.body()).as(list.toString()).hasSize(connectors);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode used = api.get(quota(environment)).body();
                assertThat(used.at("/connectors/used").asInt(-1)).isEqualTo(connectors);
                assertThat(used.at("/tasks/used").asInt(-1)).isEqualTo(2 * connectors);
            });
        }
    }

    @Test
    void of_forty_creations_at_once_for_ten_places_ten_succeed() throws Exception {
        environment("many");
        limit("many", PLACES);
        List<Callable<Api.Answer>> asks = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            int number = i;
            asks.add(() -> created("many", number));
        }
        var answers = all(asks);
        requireExactlyTheLimit(answers);
        requireUsed("many", PLACES);
        for (int i = 0; i < ASKED; i++) {
            assertThat(created("many", i).status())
                    .as("asked again")
                    .isEqualTo(answers.get(i).status());
        }
        for (int round = 0; round < 10; round++) {
            String gone = apis.getFirst().get(connectors("many")).body().path(0).asText();
            assertThat(apis.get(round % 2)
                            .delete(connectors("many") + "/" + gone)
                            .status())
                    .isEqualTo(204);
            assertThat(create(apis.getFirst(), "many", "d" + round, "d" + round).status())
                    .as("one is gone, one more fits")
                    .isEqualTo(201);
            assertThat(create(apis.getLast(), "many", "e" + round, "e" + round).status())
                    .as("and no other")
                    .isEqualTo(403);
        }
        requireUsed("many", PLACES);
        assertThat(new Lifecycle(parts, "quota").of("@quota/many"))
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("QuotaChanged"));
    }

    @Test
    void a_replica_that_is_killed_meanwhile_makes_no_difference() throws Exception {
        environment("killed");
        limit("killed", PLACES);
        var some = new CountDownLatch(3);
        List<Callable<Api.Answer>> asks = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            int number = i;
            asks.add(() -> {
                var answer = created("killed", number);
                some.countDown();
                return answer;
            });
        }
        var killer = Thread.ofVirtual().start(() -> {
            try {
                some.await();
                second.kill9();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var answers = all(asks);
        killer.join();
        requireExactlyTheLimit(answers);
        second.start();
        second.awaitReady(RealParts.START);
        awaitSharedWork();
        requireUsed("killed", PLACES);
        for (int i = 0; i < ASKED; i++) {
            if (answers.get(i).status() == 201) {
                String name = "c%02d".formatted(i);
                assertThat(apis.get(i % 2)
                                .delete(connectors("killed") + "/" + name)
                                .status())
                        .isEqualTo(204);
            }
        }
        requireUsed("killed", 0);
        assertThat(create(apis.getFirst(), "killed", "again", "again").status()).isEqualTo(201);
    }

    @Test
    void a_quota_counts_what_was_there_before_it() {
        environment("before");
        for (int i = 0; i < 20; i++) {
            assertThat(create(apis.get(i % 2), "before", "a" + i, "a" + i).status())
                    .isEqualTo(201);
        }
        limit("before", 5);
        requireUsed("before", 20);
        assertThat(create(apis.getFirst(), "before", "more", "more").status()).isEqualTo(403);
        limit("before", 21);
        assertThat(create(apis.getFirst(), "before", "more", "more-again").status())
                .isEqualTo(201);
        assertThat(create(apis.getFirst(), "before", "most", "most").status()).isEqualTo(403);
        assertThat(apis.getFirst().delete(quota("before")).status()).isEqualTo(204);
        assertThat(apis.getLast().get(quota("before")).status()).isEqualTo(404);
        assertThat(create(apis.getFirst(), "before", "most", "most-again").status())
                .isEqualTo(201);
    }

    /** What a place costs, for who wants to know; how fast this machine is at the moment is not asserted. */
    @Test
    void how_long_a_creation_takes_is_printed() {
        environment("free");
        environment("limited");
        limit("limited", 1_000);
        long[] free = new long[120];
        long[] limited = new long[120];
        for (int i = 0; i < free.length; i++) {
            free[i] = timed("free", "t" + i);
            limited[i] = timed("limited", "t" + i);
        }
        System.out.printf("creations, median: %d us without a quota, %d us with one%n", median(free), median(limited));
    }

    /** In microseconds. */
    private long timed(String environment, String name) {
        long began = System.nanoTime();
        var answer = create(apis.getFirst(), environment, name, name);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return (System.nanoTime() - began) / 1_000;
    }

    /** Of the last eighty, when the machine is warm. */
    private static long median(long[] values) {
        return LongStream.of(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }
}
