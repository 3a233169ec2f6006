package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.it.Lifecycle.Event;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
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

/** Somebody changes things on the worker itself, at random; with the policies that a cluster has by default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DriftIT {

    private static final int CONNECTORS = 20;
    private static final int PAUSED = 5;
    /** Each connector is edited once in a round. */
    private static final int ROUNDS = Integer.getInteger("drift.rounds", 1);

    private static final long SEED = Long.getLong("drift.seed", 20261121);
    private static final Map<String, String> QUICK = Map.of(
            "session.timeout.ms", "6000", "heartbeat.interval.ms", "2000", "scheduled.rebalance.max.delay.ms", "0");

    /** What is changed on the worker by who does not ask us. */
    private enum Edit {
        CONFIG,
        REMOVED_KEY,
        RETARGET,
        STOP,
        DELETE
    }

    private record Edited(String name, Edit edit, Instant at) {}

    private final RealParts parts = RealParts.shared();
    private final Worker worker = parts.newWorker("drift", QUICK);
    private final Api ownRest = new Api(worker.url());
    private final Lifecycle lifecycle = new Lifecycle(parts, "drift");
    private final Replica replica = parts.newReplica("drift", SharedReplica.SMALL);
    private final Api api = new Api(replica.url());
    private final Path files = parts.directory("drift");
    private final Map<String, Long> writesBefore = new HashMap<>();
    private final List<Edited> edits = new ArrayList<>();
    private WriteCounter writes;

    @BeforeAll
    void run() throws Exception {
        worker.start();
        replica.startAndAwait();
        worker.awaitReady(RealParts.START);
        writes = new WriteCounter(worker.url());
        register("heal");
        for (int i = 0; i < CONNECTORS; i++) {
            assertThat(api.create(name(i), config(i), "").status()).isEqualTo(201);
        }
        for (int i = 0; i < PAUSED; i++) {
            assertThat(api.put("/connectors/" + name(i) + "/pause").status()).isEqualTo(202);
        }
        awaitAllAsDesired();
        awaitLooks(2);
        IntStream.range(0, CONNECTORS).forEach(i -> writesBefore.put(name(i), writes.applied(name(i))));
        assertThat(drifts()).as("our own changes are no drift").isEmpty();
    }

    @AfterAll
    void stop() {
        parts.dismiss(replica);
        writes.close();
        parts.dismiss(worker);
    }

    @Test
    @Order(1)
    void each_direct_edit_is_one_event_and_one_write_and_healed_in_time() {
        var random = new Random(SEED);
        for (int round = 1; round <= ROUNDS; round++) {
            for (int i = 0; i < CONNECTORS; i++) {
                edits.add(edit(i, Edit.values()[random.nextInt(Edit.values().length)]));
            }
            long expected = (long) round * CONNECTORS;
            await().untilAsserted(() -> assertThat(lifecycle.all())
                    .filteredOn(event -> event.type().equals("DriftHealed"))
                    .hasSize((int) expected));
            awaitAllAsDesired();
        }
        List<Duration> detected = latencies("DriftDetected");
        List<Duration> healed = latencies("DriftHealed");
        System.out.println(
                "drift edits=" + edits.size() + " detected " + summary(detected) + " healed " + summary(healed));
        Promised.atMost(Duration.ofSeconds(5), percentile(detected, 99), "p99 of what was detected");
        Promised.atMost(Duration.ofSeconds(15), healed.getLast(), "the last that was healed");
        assertThat(drifts()).hasSize(edits.size());
        IntStream.range(0, CONNECTORS)
                .forEach(i -> assertThat(writes.applied(name(i)) - writesBefore.get(name(i)))
                        .as("writes of " + name(i) + ": " + writes.writes())
                        .isEqualTo(editsOf(name(i)).size()));
        assertThat(drifts())
                .allSatisfy(event -> assertThat(event.value().toString()).doesNotContain("StringConverter"));
    }

    @Test
    @Order(2)
    void in_quiet_and_when_the_worker_dies_and_comes_back_nothing_drifts() throws Exception {
        int events = drifts().size();
        int written = writes.writes().size();
        awaitLooks(5);
        worker.kill9();
        worker.startAndAwait();
        awaitAllAsDesired();
        awaitLooks(3);
        assertThat(drifts()).hasSize(events);
        assertThat(writes.writes()).hasSize(written);
    }

    @Test
    @Order(3)
    void where_it_is_only_reported_it_is_seen_stays_and_ends_when_it_is_desired_or_undone() throws Exception {
        register("report");
        int before = drifts().size();
        int written = writes.writes().size();
        edit(10, Edit.RETARGET);
        edit(11, Edit.CONFIG);
        edit(12, Edit.STOP);
        edit(13, Edit.DELETE);
        await().untilAsserted(() ->
                assertThat(List.of(drift(10), drift(11), drift(12), drift(13))).noneMatch(JsonNode::isNull));
        assertThat(drift(10).path("state").asText()).isEqualTo("PAUSED");
        assertThat(drift(11).path("config").path(0).path("key").asText()).isEqualTo("batch.size");
        assertThat(drift(13).path("absent").asBoolean()).isTrue();
        int events = before + 4;
        await().untilAsserted(() -> assertThat(drifts()).hasSize(events));

        replica.stop();
        replica.startAndAwait();
        awaitLooks(3);
        assertThat(drifts()).as("known across a restart").hasSize(events);
        assertThat(writes.writes()).as("only reported").hasSize(written);

        assertThat(api.put("/connectors/" + name(10) + "/pause").status()).isEqualTo(202);
        Map<String, String> asItIs = FileConnectors.with(config(11), "batch.size", "7");
        assertThat(api.put("/connectors/" + name(11) + "/config", asItIs).status())
                .isEqualTo(200);
        assertThat(ownRest.put("/connectors/" + name(12) + "/resume").status()).isEqualTo(202);
        await().untilAsserted(() ->
                assertThat(List.of(drift(10), drift(11), drift(12))).allMatch(JsonNode::isNull));
        // A state can be read before the events that led to it are committed.
        await().untilAsserted(() -> assertThat(lifecycle.all())
                .filteredOn(event -> event.type().equals("DriftResolved"))
                .extracting(Event::subject)
                .containsExactlyInAnyOrder(subject(10), subject(11), subject(12)));
        assertThat(writes.writes()).as("it was there already").hasSize(written);

        register("heal");
        await().untilAsserted(() -> assertThat(
                        lifecycle.of(subject(13)).stream().map(Event::type).filter(type -> type.startsWith("Drift")))
                .endsWith("DriftDetected", "DriftHealed"));
        assertThat(drifts()).hasSize(events);
        assertThat(ownRest.get("/connectors/" + name(13)).status()).isEqualTo(200);
    }

    private Edited edit(int i, Edit edit) {
        String path = "/connectors/" + name(i);
        var at = new Instant[1];
        // A worker that is rebalancing refuses with 409.
        await().until(() -> {
            at[0] = Instant.now();
            var answer = switch (edit) {
                case CONFIG -> ownRest.put(path + "/config", FileConnectors.with(config(i), "batch.size", "7"));
                case REMOVED_KEY -> {
                    var without = new HashMap<>(config(i));
                    without.remove("value.converter");
                    yield ownRest.put(path + "/config", without);
                }
                case RETARGET -> ownRest.put(path + (i < PAUSED ? "/resume" : "/pause"));
                case STOP -> ownRest.put(path + "/stop");
                case DELETE -> ownRest.delete(path);
            };
            return answer.status() < 300;
        });
        return new Edited(name(i), edit, at[0]);
    }

    private void register(String drift) {
        assertThat(api.register("local", writes.url(), Map.of("drift", drift)).status())
                .isIn(200, 201);
    }

    private void awaitAllAsDesired() {
        await().untilAsserted(() -> {
            for (int i = 0; i < CONNECTORS; i++) {
                String state = i < PAUSED ? "PAUSED" : "RUNNING";
                assertThat(ownRest.state(name(i))).as(name(i)).isEqualTo(state);
                assertThat(ownRest.get("/connectors/" + name(i) + "/config").body())
                        .isEqualTo(Api.tree(FileConnectors.with(config(i), "name", name(i))));
                var ours = ours(i);
                assertThat(ours.path("observed").path("state").asText()).isEqualTo(state);
                assertThat(ours.path("observed_generation")).isEqualTo(ours.path("generation"));
            }
        });
    }

    private void awaitLooks(int more) {
        int before = writes.looks();
        await().until(() -> writes.looks() >= before + more);
    }

    private List<Event> drifts() {
        return lifecycle.all().stream()
                .filter(event -> event.type().equals("DriftDetected"))
                .toList();
    }

    private List<Edited> editsOf(String name) {
        return edits.stream().filter(edited -> edited.name().equals(name)).toList();
    }

    /** From each edit to its own event, by the log's clock, ascending: the events of a connector are in order. */
    private List<Duration> latencies(String type) {
        Map<String, List<Event>> bySubject = lifecycle.all().stream()
                .filter(event -> event.type().equals(type))
                .collect(Collectors.groupingBy(Event::subject));
        List<Duration> all = new ArrayList<>();
        for (int i = 0; i < CONNECTORS; i++) {
            List<Edited> mine = editsOf(name(i));
            List<Event> events = bySubject.getOrDefault(subject(i), List.of());
            assertThat(events).as(type + " of " + mine).hasSameSizeAs(mine);
            for (int k = 0; k < events.size(); k++) {
                all.add(Duration.between(mine.get(k).at(), events.get(k).at()));
            }
        }
        return all.stream().sorted().toList();
    }

    private static String summary(List<Duration> sorted) {
        return "p50=" + percentile(sorted, 50).toMillis() + "ms p99="
                + percentile(sorted, 99).toMillis() + "ms max="
                + sorted.getLast().toMillis() + "ms";
    }

    private static Duration percentile(List<Duration> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }

    private JsonNode drift(int i) {
        return ours(i).path("drift");
    }

    private JsonNode ours(int i) {
        return api.get("/signalbox/v1/environments/default/clusters/local/connectors/" + name(i))
                .body();
    }

    private static String subject(int i) {
        return "default/local/" + name(i);
    }

    private static String name(int i) {
        return "drifting-%02d".formatted(i);
    }

    private Map<String, String> config(int i) {
        return FileConnectors.source(files.resolve(name(i)), "drift-lines");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(300));
    }
}
