package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas, one of which dies: the other goes on answering for both, and says when its answer comes from a copy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadReplicaIT {

    private static final int CONNECTORS = 40;
    private static final String STALE = "Signalbox-Stale";
    private static final String SERVED_BY = "Signalbox-Served-By";
    private static final String[] STRONG = {"Signalbox-Consistency", "strong"};

    private final RealParts parts = RealParts.shared();
    private final Map<String, String> settings = Map.of("topic.partitions", "6", "session.timeout.ms", "6000");
    private final Replica first = parts.newReplica("dead", settings);
    private final Replica second = parts.newReplica("dead", settings);
    private final Api survivor = new Api(first.url());
    private final Api victim = new Api(second.url());

    @BeforeAll
    void start() throws InterruptedException {
        first.start();
        second.start();
        first.awaitReady(RealParts.START);
        second.awaitReady(RealParts.START);
        assertThat(survivor.register("local", SharedReplica.NO_WORKER).status()).isEqualTo(201);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(victim.get("/connectors").status()).isEqualTo(200));
    }

    @AfterAll
    void stop() {
        parts.dismiss(first);
        parts.dismiss(second);
    }

    @Test
    void reads_go_on_from_copies_and_say_so_until_the_partitions_are_taken_over() throws Exception {
        Map<String, String> tokens = new HashMap<>();
        for (int i = 0; i < CONNECTORS; i++) {
            var answer = survivor.create(name(i), Map.of("connector.class", "Any"), "?validate=deferred");
            assertThat(answer.status()).isEqualTo(201);
            tokens.put(name(i), answer.header("Signalbox-Position"));
        }
        for (Api api : List.of(survivor, victim)) {
            for (int i = 0; i < CONNECTORS; i++) {
                var answer = api.get("/connectors/" + name(i), "Signalbox-Position", tokens.get(name(i)));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.header(STALE)).isNull();
            }
        }
        awaitWorkSharedAndCopied();
        List<String> lost = names().filter(name -> servedBy(survivor, name).equals(address(second)))
                .toList();
        assertThat(lost).isNotEmpty().hasSizeLessThan(CONNECTORS);

        second.kill9();
        List<Duration> took = new ArrayList<>();
        for (String name : lost) {
            long began = System.nanoTime();
            var answer = survivor.get("/connectors/" + name);
            took.add(Duration.ofNanos(System.nanoTime() - began));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.header(STALE)).isEqualTo("true");
            assertThat(Integer.parseInt(answer.header("Age"))).isBetween(0, 10);
            assertThat(answer.header(SERVED_BY)).isEqualTo(address(first));
        }
        var list = survivor.get("/connectors");
        assertThat(list.body()).hasSize(CONNECTORS);
        assertThat(list.header(STALE)).isEqualTo("true");
        assertThat(list.header("ETag")).isNull();
        var sure = survivor.get("/connectors/" + lost.getFirst(), STRONG);
        assertThat(sure.status()).as("nobody can be sure yet").isEqualTo(503);
        System.out.println("reads of a dead replica's " + lost.size() + " connectors took "
                + took.stream().max(Duration::compareTo).orElseThrow().toMillis() + " ms at most");

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (String name : lost) {
                var answer = survivor.get("/connectors/" + name, STRONG);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.header(STALE)).isNull();
            }
        });
        assertThat(survivor.get("/connectors").header(STALE)).isNull();
        assertThat(survivor.put("/connectors/" + lost.getFirst() + "/pause").status())
                .isEqualTo(202);
    }

    /** Each owns some, and the survivor keeps a copy of all that it does not own, as far as it can tell from outside. */
    private void awaitWorkSharedAndCopied() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(names().map(name -> servedBy(survivor, name)).distinct())
                    .containsExactlyInAnyOrder(address(first), address(second));
            for (int partition = 0; partition < 6; partition++) {
                var path = "/internal/v1/connectors?standby=true&cluster=default%2Flocal&limit=1000&text=&partition=";
                assertThat(survivor.get(path + partition, "Signalbox-Internal", parts.internalSecret())
                                .status())
                        .isEqualTo(200);
            }
        });
    }

    private static String servedBy(Api api, String name) {
        var answer = api.get("/connectors/" + name);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.header(SERVED_BY);
    }

    private static String address(Replica replica) {
        return replica.url().replace("http://", "");
    }

    private static Stream<String> names() {
        return IntStream.range(0, CONNECTORS).mapToObj(DeadReplicaIT::name);
    }

    private static String name(int i) {
        return "c%02d".formatted(i);
    }
}
