package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A cluster that runs already is taken over as it is: no restart, no write, and nobody notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdoptionIT {

    private static final int CONNECTORS = 100;
    private static final int PAUSED = 10;
    private static final String STATUS_TOPIC = "connect-adoption-status";
    private static final String CONFIG_TOPIC = "connect-adoption-config";

    private final RealParts parts = RealParts.shared();
    private final Worker worker = parts.newWorker("adoption", Map.of());
    private final Api ownRest = new Api(worker.url());
    private final Topics topics = new Topics(parts);
    private final Lifecycle lifecycle = new Lifecycle(parts, "adoption");
    private final List<Replica> replicas = List.of(
            parts.newReplica("adoption", SharedReplica.SMALL), parts.newReplica("adoption", SharedReplica.SMALL));
    private final Api api = new Api(replicas.getFirst().url());
    private final Api told = api.below("/environments/default/clusters/told");
    private final Path files = parts.directory("adoption");
    private WriteCounter writes;

    @BeforeAll
    void run() throws Exception {
        worker.start();
        replicas.forEach(Replica::start);
        worker.awaitReady(RealParts.START);
        for (int i = 0; i < CONNECTORS; i++) {
            assertThat(ownRest.create(name(i), config(name(i)), "").status()).isEqualTo(201);
        }
        for (int i = 0; i < PAUSED; i++) {
            assertThat(ownRest.put("/connectors/" + name(i) + "/pause").status())
                    .isEqualTo(202);
        }
        await().untilAsserted(() -> {
            for (int i = 0; i < CONNECTORS; i++) {
                String state = i < PAUSED ? "PAUSED" : "RUNNING";
                JsonNode status =
                        ownRest.get("/connectors/" + name(i) + "/status").body();
                assertThat(status.path("connector").path("state").asText()).isEqualTo(state);
                assertThat(status.path("tasks").path(0).path("state").asText()).isEqualTo(state);
            }
        });
        for (Replica replica : replicas) {
            replica.awaitReady(RealParts.START);
        }
        writes = new WriteCounter(worker.url());
    }

    @AfterAll
    void stop() {
        replicas.forEach(parts::dismiss);
        writes.close();
        parts.dismiss(worker);
    }

    @Test
    @Order(1)
    void a_hundred_running_connectors_are_ours_within_five_seconds_without_a_restart_or_a_write() {
        Map<TopicPartition, Long> statuses = topics.ends(STATUS_TOPIC);
        Map<TopicPartition, Long> configs = topics.ends(CONFIG_TOPIC);
        long began = System.nanoTime();
        assertThat(api.register("local", writes.url(), Map.of()).status()).isEqualTo(201);
        await().pollInterval(Duration.ofMillis(250))
                .until(() -> api.get("/connectors").body().size() == CONNECTORS);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("adopted connectors=" + CONNECTORS + " ms=" + took.toMillis());
        Promised.atMost(Duration.ofSeconds(5), took, "to adopt them");

        for (int i = 0; i < CONNECTORS; i++) {
            assertThat(api.get("/connectors/" + name(i) + "/config").body())
                    .isEqualTo(Api.tree(FileConnectors.with(config(name(i)), "name", name(i))));
            assertThat(api.state(name(i))).isEqualTo(i < PAUSED ? "PAUSED" : "RUNNING");
        }
        // Everything that the reconciler does with what is new to it is done when it has compared all of it again.
        awaitLooks(2);
        assertThat(writes.writes()).isEmpty();
        assertThat(topics.ends(CONFIG_TOPIC)).isEqualTo(configs);
        assertThat(topics.ends(STATUS_TOPIC)).isEqualTo(statuses);
        assertThat(lifecycle.all())
                .filteredOn(event -> event.type().equals("ConnectorAdopted"))
                .extracting(Lifecycle.Event::subject)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, CONNECTORS)
                        .mapToObj(i -> "default/local/" + name(i))
                        .toList());
        assertThat(lifecycle.all())
                .extracting(Lifecycle.Event::type)
                .doesNotContain("DriftDetected", "ConnectorFound", "ConnectorReconciled");
    }

    @Test
    @Order(2)
    void what_was_adopted_is_worked_on_like_any_other_and_what_is_deleted_stays_gone() {
        assertThat(api.put("/connectors/" + name(0) + "/resume").status()).isEqualTo(202);
        assertThat(api.delete("/connectors/" + name(1)).status()).isEqualTo(204);
        await().untilAsserted(() -> {
            assertThat(ownRest.state(name(0))).isEqualTo("RUNNING");
            assertThat(ownRest.get("/connectors").body()).hasSize(CONNECTORS - 1);
            assertThat(lifecycle.of("default/local/" + name(1)).getLast().type())
                    .isEqualTo("ConnectorDeleted");
        });
        awaitLooks(2);
        assertThat(api.get("/connectors").body()).hasSize(CONNECTORS - 1);
        assertThat(lifecycle.of("default/local/" + name(1)).getLast().type()).isEqualTo("ConnectorDeleted");
    }

    @Test
    @Order(3)
    void what_is_made_behind_our_back_is_adopted_too() {
        assertThat(ownRest.create("rogue", config("rogue"), "").status()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(api.state("rogue")).isEqualTo("RUNNING"));
    }

    @Test
    @Order(4)
    void found_connectors_are_only_told_where_the_policy_says_so_until_somebody_declares_them() throws Exception {
        int there = ownRest.get("/connectors").body().size();
        int before = writes.writes().size();
        assertThat(api.register("told", writes.url(), Map.of("unmanaged", "report"))
                        .status())
                .isEqualTo(201);
        await().untilAsserted(() -> assertThat(found()).hasSize(there));
        for (Replica replica : replicas) {
            replica.stop();
        }
        for (Replica replica : replicas) {
            replica.startAndAwait();
        }
        awaitLooks(2);
        assertThat(found()).hasSize(there);
        assertThat(told.get("/connectors").body()).isEmpty();
        assertThat(told.get("/connectors/" + name(5)).status()).isEqualTo(404);
        assertThat(api.get("/signalbox/v1/environments/default/clusters/told/connectors/" + name(5))
                        .body()
                        .path("phase")
                        .asText())
                .isEqualTo("FOUND");

        assertThat(told.put("/connectors/" + name(5) + "/config", config(name(5)))
                        .status())
                .isEqualTo(201);
        await().untilAsserted(() -> assertThat(told.state(name(5))).isEqualTo("PAUSED"));
        // The creation is refused because it is there, and then it is as declared.
        assertThat(writes.writes().subList(before, writes.writes().size()))
                .containsOnly("POST /connectors/" + name(5) + " 409");
    }

    @Test
    @Order(5)
    void whoever_leaves_takes_nothing_with_him() {
        String cluster = "/signalbox/v1/environments/default/clusters/local";
        assertThat(api.delete(cluster).status()).isEqualTo(409);
        Set<String> names = names();
        Map<TopicPartition, Long> configs = topics.ends(CONFIG_TOPIC);
        int written = writes.writes().size();
        assertThat(api.delete(cluster + "?connectors=keep").status()).isEqualTo(204);
        assertThat(api.get("/connectors").status()).isEqualTo(404);
        awaitLooks(1);
        assertThat(names()).isEqualTo(names).hasSizeGreaterThan(CONNECTORS / 2);
        assertThat(topics.ends(CONFIG_TOPIC)).isEqualTo(configs);
        assertThat(writes.writes()).hasSize(written);
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        ownRest.get("/connectors").body().forEach(name -> names.add(name.asText()));
        return names;
    }

    private List<String> found() {
        return lifecycle.all().stream()
                .filter(event -> event.type().equals("ConnectorFound"))
                .map(Lifecycle.Event::subject)
                .toList();
    }

    private void awaitLooks(int looks) {
        int before = writes.looks();
        await().until(() -> writes.looks() >= before + looks * replicas.size());
    }

    private static String name(int i) {
        return "running-%03d".formatted(i);
    }

    private Map<String, String> config(String name) {
        return FileConnectors.source(files.resolve(name), "adoption-lines");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(300));
    }
}
