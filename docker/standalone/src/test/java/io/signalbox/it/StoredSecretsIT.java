package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Secrets that Redpanda's API stores: connectors that refer to them run with them on a real worker, hear of each replacement, and
 * nobody else has them, whatever two replicas log, store and answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoredSecretsIT {

    private static final String NAME = "stored";
    private static final String SECRETS = "/v1/kafka-connect/clusters/" + NAME + "/secrets";
    private static final String CLUSTER = "/environments/default/clusters/" + NAME;
    private static final String OWN = "/signalbox/v1" + CLUSTER + "/connectors/";
    private static final String REFERENCE = "${secretsManager:db:password}";
    /** Of type PASSWORD by the definition of Kafka's producer. */
    private static final String TYPED = "producer.override.ssl.truststore.certificates";

    private final RealParts parts = RealParts.shared();
    private final Path files = parts.directory(NAME);
    private final Worker worker = parts.newWorker(NAME, Map.of("scheduled.rebalance.max.delay.ms", "0"));
    private final Api ownRest = new Api(worker.url());
    private final Replica first = parts.newReplica(NAME, SharedReplica.SMALL, LoudReplica.class);
    private final Replica second = parts.newReplica(NAME, SharedReplica.SMALL, LoudReplica.class);
    private final Canaries canaries = new Canaries();
    private final List<String> answers = new ArrayList<>();

    @BeforeAll
    void start() throws Exception {
        Files.writeString(files.resolve("lines"), "one\n");
        worker.start();
        first.start();
        second.startAndAwait();
        first.awaitReady(RealParts.START);
        worker.awaitReady(RealParts.START);
        var registered = new Api(second.url())
                .register(
                        NAME, worker.url(), Map.of("poll_interval_ms", 200, "unmanaged", "report", "drift", "report"));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        await().until(() -> below(first).get("/connectors").status() == 200);
    }

    @AfterAll
    void stop() {
        parts.dismiss(first);
        parts.dismiss(second);
        parts.dismiss(worker);
    }

    @Test
    @Order(1)
    void a_connector_runs_with_what_it_refers_to_as_soon_as_another_replica_has_stored_it() {
        String password = canaries.next();
        var stored = told(one().post(SECRETS, body("db", password)));
        assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
        assertThat(stored.body().at("/secret/id").asText()).isEqualTo("db");
        var created = told(below(second).create("c", source(), ""));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.header("Signalbox-Validation")).isNull();
        awaitWith(password);
        for (String path :
                List.of("/connectors/c", "/connectors/c/config", "/connectors/c/status", "/connectors/c/tasks")) {
            await().untilAsserted(() ->
                    assertThat(told(below(first).get(path)).status()).isEqualTo(200));
        }
        assertThat(below(first)
                        .get("/connectors/c/config")
                        .body()
                        .path("my.password")
                        .asText())
                .isEqualTo(REFERENCE);
        assertThat(below(first)
                        .get("/connectors/c/config")
                        .body()
                        .path("my.note")
                        .asText())
                .isEqualTo("by " + REFERENCE + "!");
    }

    @Test
    @Order(2)
    void what_is_replaced_reaches_the_worker_and_is_neither_drift_nor_a_new_generation() {
        for (int i = 0; i < 3; i++) {
            String password = canaries.next();
            var replaced = told((i % 2 == 0 ? other() : one()).put(SECRETS + "/db", update(password)));
            assertThat(replaced.status()).as(replaced.toString()).isEqualTo(200);
            awaitWith(password);
        }
        var now = own("c");
        assertThat(now.path("generation").asLong()).isEqualTo(1);
        assertThat(now.path("drift").isMissingNode() || now.path("drift").isNull())
                .isTrue();
        assertThat(own("c/history?observed=true&page_size=1000").findValuesAsText("event"))
                .doesNotContain("DriftDetected", "ConnectorRefused");
    }

    @Test
    @Order(3)
    void what_somebody_else_wrote_there_is_drift_and_only_told() {
        Map<String, String> before = config();
        Map<String, String> meddled = new TreeMap<>(before);
        meddled.put("my.password", canaries.next());
        assertThat(ownRest.put("/connectors/c/config", meddled).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        own("c/history?observed=true&page_size=1000").findValuesAsText("event"))
                .contains("DriftDetected"));
        assertThat(config()).containsEntry("my.password", meddled.get("my.password"));
        assertThat(ownRest.put("/connectors/c/config", before).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        own("c/history?observed=true&page_size=1000").findValuesAsText("event"))
                .contains("DriftResolved"));
    }

    @Test
    @Order(4)
    void what_is_deleted_is_missed_by_name_when_it_is_needed_next_and_back_when_it_is_stored_again() {
        String before = config().get("my.password");
        assertThat(told(one().delete(SECRETS + "/db")).status()).isEqualTo(204);
        assertThat(told(one().get(SECRETS + "/db")).status()).isEqualTo(404);
        var refused = told(below(second).put("/connectors/c/config", FileConnectors.with(source(), "batch.size", "7")));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.message()).contains("\"my.password\": there is no secret \"db\" in cluster default/" + NAME);
        assertThat(ownRest.state("c")).isEqualTo("RUNNING");
        var deferred = told(below(second)
                .put("/connectors/c/config?validate=deferred", FileConnectors.with(source(), "batch.size", "8")));
        assertThat(deferred.status()).as(deferred.toString()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        told(below(first).get("/connectors/c/status")).text())
                .contains("there is no secret \\\"db\\\""));
        assertThat(config()).containsEntry("my.password", before);
        String password = canaries.next();
        assertThat(told(one().post(SECRETS, body("db", password))).status()).isEqualTo(201);
        awaitWith(password);
        assertThat(config()).containsEntry("batch.size", "8");
    }

    @Test
    @Order(5)
    void several_may_be_stored_under_one_name_and_listed_by_any_replica() {
        for (int i = 0; i < 2; i++) {
            var further = told(one().post(SECRETS, body("db", canaries.next())));
            assertThat(further.status()).isEqualTo(201);
            assertThat(further.body().at("/secret/id").asText()).startsWith("db-");
        }
        await().untilAsserted(() ->
                assertThat(told(other().get(SECRETS)).body().path("secrets")).hasSize(3));
        var subject = "@secret/default/" + NAME + "/db";
        assertThat(new Lifecycle(parts, NAME).of(subject))
                .extracting(Lifecycle.Event::type)
                .containsExactly(
                        "SecretCreated",
                        "SecretReplaced",
                        "SecretReplaced",
                        "SecretReplaced",
                        "SecretDeleted",
                        "SecretCreated");
    }

    @Test
    @Order(6)
    void and_nobody_else_has_them() throws Exception {
        told(below(first).get("/connectors?expand=info&expand=status"));
        told(new Api(second.url()).get(OWN + "c/explain"));
        told(new Api(second.url()).get(OWN + "c/history?observed=true&page_size=1000"));
        told(new Api(second.url()).get("/metrics"));
        answers.forEach(answer -> canaries.search("an answer", answer));
        int topics = canaries.searchTopics(parts, NAME);
        first.stop();
        second.stop();
        Path home = files.getParent().getParent();
        int state = 0;
        for (Replica replica : List.of(first, second)) {
            state += canaries.searchFiles(home.resolve(replica.name()));
            Path log = home.resolve("logs").resolve(replica.name() + ".log");
            canaries.search(log.getFileName().toString(), Files.readAllBytes(log));
        }
        System.out.println("stored secrets canaries=" + canaries.count() + " answers=" + answers.size() + " topics="
                + topics + " state files=" + state + " found=" + canaries.found());
        assertThat(canaries.count()).isGreaterThan(6);
        assertThat(state).isPositive();
        assertThat(canaries.found()).isEmpty();
    }

    private void awaitWith(String password) {
        await().untilAsserted(() -> {
            assertThat(config())
                    .containsEntry("my.password", password)
                    .containsEntry(TYPED, password)
                    .containsEntry("my.note", "by " + password + "!");
            assertThat(ownRest.state("c")).isEqualTo("RUNNING");
            assertThat(told(below(first).get("/connectors/c/status"))
                            .body()
                            .at("/tasks/0/state")
                            .asText())
                    .isEqualTo("RUNNING");
        });
    }

    private Map<String, String> source() {
        Map<String, String> config = new TreeMap<>(FileConnectors.source(files.resolve("lines"), "stored-lines"));
        config.put("my.password", REFERENCE);
        config.put("my.note", "by " + REFERENCE + "!");
        config.put(TYPED, REFERENCE);
        return config;
    }

    private static Map<String, String> body(String name, String password) {
        Map<String, String> body = new TreeMap<>(update(password));
        body.put("name", name);
        return body;
    }

    private static Map<String, String> update(String password) {
        return Map.of(
                "secret_data",
                Base64.getEncoder()
                        .encodeToString(("{\"password\": \"" + password + "\"}\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** Redpanda's API is at the root, Kafka Connect's below the cluster. */
    private Api one() {
        return new Api(first.url());
    }

    private Api other() {
        return new Api(second.url());
    }

    private static Api below(Replica replica) {
        return new Api(replica.url()).below(CLUSTER);
    }

    private Api.Answer told(Api.Answer answer) {
        answers.add(answer.text() + answer.whole().headers().map());
        return answer;
    }

    private JsonNode own(String path) {
        var answer = told(new Api(first.url()).get(OWN + path));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    /** As the worker has it. */
    private Map<String, String> config() {
        Map<String, String> values = new TreeMap<>();
        ownRest.get("/connectors/c/config")
                .body()
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
