package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens, over HTTP, from two replicas, of which one comes and goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveIT {

    /** 50 with {@code -Dsse.reconnects=50}. */
    private static final int RECONNECTS = Integer.getInteger("sse.reconnects", 20);

    private static final String EVENTS = "/signalbox/v1/events";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final RealParts parts = RealParts.shared();
    private final Map<String, String> settings =
            Map.of("topic.partitions", "6", "internal.secret.file", secret().toString());
    private final Replica stays = parts.newReplica("live", settings);
    private final Replica comesAndGoes = parts.newReplica("live", settings);
    private final Api first = new Api(stays.url());
    private final Api second = new Api(comesAndGoes.url());

    @BeforeAll
    void start() throws Exception {
        stays.start();
        comesAndGoes.start();
        stays.awaitReady(LONG);
        comesAndGoes.awaitReady(LONG);
        assertThat(first.register("local", SharedReplica.NO_WORKER).status()).isEqualTo(201);
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            assertThat(first.get("/connectors").status()).isEqualTo(200);
            assertThat(second.get("/connectors").status()).isEqualTo(200);
        });
    }

    @AfterAll
    void stop() {
        parts.dismiss(comesAndGoes);
        parts.dismiss(stays);
    }

    /** Once in the middle the replica is stopped under its readers, once it is killed. */
    @Test
    void who_comes_again_and_again_to_different_replicas_sees_every_event_once_and_in_order() throws Exception {
        var random = new Random(20261121);
        Set<String> ids = new HashSet<>();
        Map<String, Long> revisions = new HashMap<>();
        List<String> seen = new ArrayList<>();
        String position;
        try (var begin = new SseClient(first, EVENTS + "?from=beginning")) {
            take(begin.next(), ids, revisions, seen);
            position = begin.lastId();
        }
        try (var changes = new SteadyChanges(List.of(first))) {
            for (int round = 0; round < RECONNECTS; round++) {
                boolean stops = round == RECONNECTS / 4 || round == RECONNECTS / 2;
                Api api = stops || round % 2 == 1 ? second : first;
                try (var client = new SseClient(api, EVENTS, "Last-Event-ID", position)) {
                    int enough = seen.size() + 1 + random.nextInt(60);
                    CompletableFuture<Void> end = stopInTheMiddle(round);
                    for (var event = client.next(); event != null; event = client.next()) {
                        take(event, ids, revisions, seen);
                        if (seen.size() >= enough && end.isDone()) {
                            break;
                        }
                    }
                    position = client.lastId();
                    end.get(60, TimeUnit.SECONDS);
                }
                if (round == RECONNECTS / 2) {
                    comesAndGoes.startAndAwait();
                }
            }
            assertThat(changes.done()).isGreaterThan(50);
        }
        List<String> expected = new Lifecycle(parts, "live")
                .settled().stream()
                        .map(event -> event.subject() + " " + event.revision() + " " + event.type())
                        .toList();
        try (var client = new SseClient(second, EVENTS + "?last_event_id=" + position)) {
            while (seen.size() < expected.size()) {
                take(client.next(), ids, revisions, seen);
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        System.out.println("events seen=" + seen.size() + " reconnects=" + RECONNECTS);
    }

    @Test
    void filters_leave_out_and_the_beginning_is_there() throws Exception {
        for (String name : List.of("one", "two", "a,b")) {
            assertThat(second.create(name, Map.of("connector.class", "Any"), "?validate=deferred")
                            .status())
                    .isEqualTo(201);
            assertThat(second.put("/connectors/" + name.replace(",", "%2C") + "/pause")
                            .status())
                    .isEqualTo(202);
        }
        String path =
                EVENTS + "?from=beginning&connector=one,a%2Cb&type=ConnectorPaused,io.signalbox.event.ConnectorCreated"
                        + "&cluster=local&environment=default";
        try (var client = new SseClient(first, path, "Accept", "text/event-stream")) {
            Set<String> found = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                JsonNode data = client.next().data();
                found.add(data.path("connector").asText() + " "
                        + data.path("type").asText());
            }
            assertThat(found)
                    .containsExactlyInAnyOrder(
                            "one io.signalbox.event.ConnectorCreated",
                            "one io.signalbox.event.ConnectorPaused",
                            "a,b io.signalbox.event.ConnectorCreated",
                            "a,b io.signalbox.event.ConnectorPaused");
        }
        assertThat(first.get("/metrics").text())
                .contains("signalbox_events_streams{state=\"live\"}")
                .contains("signalbox_events_cut_off_total");
    }

    /** Each replica knows who looks after a connector, and asks him. */
    @Test
    void both_replicas_explain_a_connector_alike() {
        assertThat(first.create("away", Map.of("connector.class", "Any"), "?validate=deferred")
                        .status())
                .isEqualTo(201);
        String path = "/signalbox/v1/environments/default/clusters/local/connectors/away/explain";
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            JsonNode one = first.get(path).body();
            JsonNode other = second.get(path).body();
            assertThat(one.path("situation").asText()).as(one.toString()).isEqualTo("CLUSTER_AWAY");
            assertThat(one.path("reconciler").path("doing").asText()).isEqualTo("WAITING");
            assertThat(one.path("reconciler").path("replica").asText())
                    .isEqualTo(other.path("reconciler").path("replica").asText())
                    .isNotEmpty();
            assertThat(one.path("last_command").path("type").asText()).isEqualTo("ConnectorCreated");
            assertThat(other.path("situation").asText()).isEqualTo("CLUSTER_AWAY");
        });
    }

    /** @return done when nothing is to be done, or it is done */
    private CompletableFuture<Void> stopInTheMiddle(int round) {
        if (round != RECONNECTS / 4 && round != RECONNECTS / 2) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(() -> {
            try {
                if (round == RECONNECTS / 2) {
                    comesAndGoes.kill9();
                } else {
                    comesAndGoes.stop();
                    comesAndGoes.startAndAwait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void take(SseClient.Event event, Set<String> ids, Map<String, Long> revisions, List<String> seen) {
        JsonNode data = event.data();
        assertThat(ids.add(data.path("id").asText())).as(data.toString()).isTrue();
        String subject = data.path("environment").asText() + "/"
                + data.path("cluster").asText()
                + (data.path("connector").isNull()
                        ? ""
                        : "/" + data.path("connector").asText());
        long revision = data.path("revision").asLong();
        assertThat(revision).as(data.toString()).isEqualTo(revisions.getOrDefault(subject, 0L) + 1);
        revisions.put(subject, revision);
        String type = data.path("type").asText();
        seen.add(subject + " " + revision + " " + type.substring(type.lastIndexOf('.') + 1));
    }

    private java.nio.file.Path secret() {
        try {
            return java.nio.file.Files.writeString(parts.directory("live").resolve("secret"), "a-secret-of-this-test");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
