package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
 * The keys are rotated by two rolling restarts of two replicas, each with a key set file of its own, while writers write secrets:
 * nothing is lost, all that is there is sealed with the new key in the end, and the worker hears nothing of it. Then the old
 * key is taken out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationIT {

    private static final int QUIET = 8;
    private static final String CLUSTER = "/environments/default/clusters/rotation";
    private static final String OWN = "/signalbox/v1" + CLUSTER + "/connectors/";
    private static final List<String> BUSY = List.of("busy-0", "busy-1");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RealParts parts = RealParts.shared();
    private final Path files = parts.directory("rotation");
    private final Path master = files.resolve("keyset.json");
    private final List<Path> keySets = List.of(files.resolve("first.json"), files.resolve("second.json"));
    private final Worker worker = parts.newWorker("rotation", Map.of("scheduled.rebalance.max.delay.ms", "0"));
    private final List<Replica> replicas = keySets.stream()
            .map(file -> parts.newReplica(
                    "rotation", Map.of("topic.partitions", "3", "secrets.keyset.file", file.toString())))
            .toList();
    private final List<Api> apis = replicas.stream()
            .map(replica -> new Api(replica.url()).below(CLUSTER))
            .toList();
    private final Api ownRest = new Api(worker.url());
    private WriteCounter counter;
    private String oldKey;
    private String newKey;

    @BeforeAll
    void start() throws Exception {
        Files.writeString(files.resolve("lines"), "one\n");
        KeySets.create(master);
        oldKey = KeySets.load(master, "").primaryKeyId();
        for (Path file : keySets) {
            Files.copy(master, file);
        }
        worker.start();
        replicas.getFirst().start();
        replicas.getLast().startAndAwait();
        replicas.getFirst().awaitReady(RealParts.START);
        worker.awaitReady(RealParts.START);
        counter = new WriteCounter(worker.url());
        var registered =
                new Api(replicas.getFirst().url()).register("rotation", counter.url(), Map.of("poll_interval_ms", 200));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        for (int i = 0; i < QUIET; i++) {
            created(quiet(i), source("first " + quiet(i)), "RUNNING");
        }
        created("gone", source("of one that is deleted"), "STOPPED");
        var stored = new Api(replicas.getFirst().url())
                .post(
                        "/v1/kafka-connect/clusters/rotation/secrets",
                        Map.of("name", "stored", "secret_data", "eyJrZXkiOiAidmFsdWUifQ=="));
        assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
        for (String name : BUSY) {
            created(name, source("at first"), "STOPPED");
        }
        for (int i = 0; i < QUIET; i++) {
            var answer = api().put("/connectors/" + quiet(i) + "/config", source("second " + quiet(i)));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
        assertThat(api().delete("/connectors/gone").status()).isEqualTo(204);
        for (int i = 0; i < QUIET; i++) {
            String name = quiet(i);
            await().untilAsserted(() -> {
                assertThat(ownRest.get("/connectors/" + name + "/config")
                                .body()
                                .path("my.password")
                                .asText())
                        .isEqualTo("second " + name);
                assertThat(own(name).path("observed_generation").asLong())
                        .isEqualTo(own(name).path("generation").asLong())
                        .isEqualTo(2);
            });
        }
        await().untilAsserted(() -> assertThat(own("gone/history")
                        .path("entries")
                        .path(0)
                        .path("event")
                        .asText())
                .isEqualTo("ConnectorDeleted"));
    }

    @AfterAll
    void stop() {
        replicas.forEach(parts::dismiss);
        parts.dismiss(worker);
        counter.close();
    }

    @Test
    @Order(1)
    void a_rotation_under_load_loses_nothing_and_the_worker_hears_nothing_of_it() throws Exception {
        await().untilAsserted(() -> assertThat(tasks()).hasSize(QUIET).allMatch(task -> task.contains("RUNNING")));
        var tagged = api().get("/connectors/" + quiet(2) + "/config");
        Set<String> tasks = tasks();
        long statuses = statuses();
        int writes = counter.writes().size();
        SecretWrites load = new SecretWrites(apis, BUSY, source("none"));
        try (load) {
            newKey = KeySets.add(master);
            rollingRestart();
            assertThat(keys().path("primary").asText()).isEqualTo(oldKey);
            int before = load.done();
            assertThat(KeySets.promote(master)).isEqualTo(newKey);
            rollingRestart();
            awaitComplete();
            await().untilAsserted(() -> assertThat(load.done()).isGreaterThan(before + 20));
        }
        awaitComplete();
        System.out.println("rotation writes=" + load.done() + " asked again=" + load.again() + " keys=" + keys()
                + " resealed=" + resealed().size());
        load.acknowledged()
                .forEach((name, secret) -> await().untilAsserted(
                                () -> assertThat(workerSecret(name)).as(name).isEqualTo(secret)));
        assertThat(load.acknowledged()).containsOnlyKeys(BUSY);
        for (int i = 0; i < QUIET; i++) {
            String name = quiet(i);
            await().untilAsserted(() -> assertThat(workerSecret(name)).isEqualTo("second " + name));
            assertThat(own(name).path("generation").asLong()).isEqualTo(2);
        }
        assertThat(counter.writes().subList(writes, counter.writes().size()))
                .as("what the worker was asked to write")
                .allMatch(write -> write.contains("/connectors/busy-"));
        assertThat(tasks()).as("tasks, with their workers").isEqualTo(tasks);
        assertThat(statuses()).as("what the worker said of them").isEqualTo(statuses);
        var written = api().put(
                        "/connectors/" + quiet(2) + "/config",
                        FileConnectors.with(strings(tagged.body()), "batch.size", "77"),
                        "If-Match",
                        tagged.header("ETag"));
        assertThat(written.status()).as(written.toString()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(ownRest.get("/connectors/" + quiet(2) + "/config")
                        .body()
                        .path("batch.size")
                        .asText())
                .isEqualTo("77"));
        await().untilAsserted(() -> assertThat(workerSecret(quiet(2))).isEqualTo("second " + quiet(2)));
    }

    @Test
    @Order(2)
    void all_that_is_there_is_sealed_with_the_new_key_once_each() {
        for (String topic : List.of("rotation.connectors", "rotation-connectors-changelog")) {
            Map<String, String> latest = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> each : new Topics(parts).all(topic)) {
                latest.put(text(each.key()), text(each.value()));
            }
            latest.remove("default/rotation/gone");
            assertThat(latest).as(topic).hasSize(QUIET + BUSY.size());
            latest.forEach((key, value) -> assertThat(value)
                    .as(topic + " " + key)
                    .contains("sealed:v1:" + newKey + ":")
                    .doesNotContain("sealed:v1:" + oldKey + ":"));
        }
        var stored = new Topics(parts).all("rotation.secrets");
        assertThat(text(stored.getLast().value()))
                .contains("sealed:v1:" + newKey + ":")
                .doesNotContain("sealed:v1:" + oldKey + ":");
        var quiet = resealed().stream().filter(key -> key.contains("/quiet-")).toList();
        assertThat(quiet).hasSize(QUIET).doesNotHaveDuplicates();
        await().untilAsserted(() -> {
            var metrics = replicas.stream()
                    .map(replica -> new Api(replica.url()).get("/metrics").text())
                    .collect(Collectors.joining());
            assertThat(metrics)
                    .contains("signalbox_secrets_values{key=\"" + newKey + "\"}")
                    .doesNotContain("signalbox_secrets_values{key=\"" + oldKey + "\"}");
        });
        var history = own(quiet(0) + "/history").path("entries").path(0);
        assertThat(history.path("event").asText()).isEqualTo("ConnectorResealed");
        assertThat(history.path("summary").asText()).contains(newKey, "my.password");
        long revision = history.path("revision").asLong();
        var diff = own(quiet(0) + "/diff?from=" + (revision - 1) + "&to=" + revision);
        assertThat(diff.path("changed")).isEmpty();
    }

    @Test
    @Order(3)
    void a_rollback_to_before_it_works_and_is_sealed_anew() {
        rollback(quiet(0), 200);
        await().untilAsserted(() -> assertThat(workerSecret(quiet(0))).isEqualTo("first " + quiet(0)));
        awaitComplete();
        await().untilAsserted(() -> assertThat(workerSecret(quiet(0))).isEqualTo("first " + quiet(0)));
    }

    @Test
    @Order(4)
    void without_the_old_key_what_needs_it_is_an_error_that_names_it_and_the_rest_goes_on() throws Exception {
        withoutOldKey();
        rollingRestart();
        assertThat(keys().path("complete").asBoolean()).isTrue();
        assertThat(keys().path("keys").path(1).path("opens").asBoolean()).isFalse();
        assertThat(rollback(quiet(1), 503)).contains("key " + oldKey);
        var undelete = new Api(replicas.getFirst().url()).post(OWN + "gone/undelete");
        assertThat(undelete.status()).as(undelete.toString()).isEqualTo(503);
        assertThat(undelete.message()).contains("key " + oldKey);
        long revision = own(quiet(1)).path("revision").asLong();
        var before = own(quiet(1) + "/diff?from=1&to=" + revision);
        assertThat(before.path("undecided").path(0).path("missing_key_id").asText())
                .isEqualTo(oldKey);
        for (int i = 0; i < QUIET; i++) {
            Map<String, String> read =
                    strings(api().get("/connectors/" + quiet(i) + "/config").body());
            var answer =
                    api().put("/connectors/" + quiet(i) + "/config", FileConnectors.with(read, "batch.size", "99"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
        for (int i = 0; i < QUIET; i++) {
            String name = quiet(i);
            await().untilAsserted(() -> assertThat(ownRest.get("/connectors/" + name + "/config")
                            .body()
                            .path("batch.size")
                            .asText())
                    .isEqualTo("99"));
            await().untilAsserted(() -> assertThat(api().state(name)).isEqualTo("RUNNING"));
            // A worker that rebalances answers 409 or 500.
            String secret = (i == 0 ? "first " : "second ") + name;
            await().untilAsserted(() -> assertThat(workerSecret(name)).isEqualTo(secret));
        }
    }

    /** Of that revision is the secret that was another one before the rotation. */
    private String rollback(String name, int expected) {
        var answer = new Api(replicas.getLast().url()).post(OWN + name + "/rollback", Map.of("revision", 1));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(expected);
        return answer.message();
    }

    /** The master file goes to one replica after the other, each restarted when the one before is ready. */
    private void rollingRestart() throws Exception {
        for (int i = 0; i < replicas.size(); i++) {
            Files.copy(master, keySets.get(i), StandardCopyOption.REPLACE_EXISTING);
            replicas.get(i).stop();
            replicas.get(i).startAndAwait();
        }
    }

    private void withoutOldKey() throws IOException {
        var keys = (ObjectNode) JSON.readTree(master.toFile());
        var left = keys.putArray("key");
        JSON.readTree(master.toFile()).path("key").forEach(key -> {
            if (!key.path("keyId").asText().equals(oldKey)) {
                left.add(key);
            }
        });
        assertThat(left).hasSize(1);
        JSON.writeValue(master.toFile(), keys);
    }

    private void awaitComplete() {
        await().untilAsserted(() -> {
            var keys = keys();
            assertThat(keys.path("primary").asText()).isEqualTo(newKey);
            assertThat(keys.path("complete").asBoolean()).as(keys.toString()).isTrue();
        });
    }

    /** Told when all partitions have an owner. */
    private JsonNode keys() {
        var rest = new Api(replicas.getFirst().url());
        return await().until(() -> rest.get("/signalbox/v1/secrets/keys"), answer -> answer.status() == 200)
                .body();
    }

    /** By subject, once for each time. */
    private List<String> resealed() {
        return new Lifecycle(parts, "rotation")
                .all().stream()
                        .filter(event -> event.type().equals("ConnectorResealed"))
                        .map(Lifecycle.Event::subject)
                        .toList();
    }

    /** How often the worker wrote of the quiet ones that they, or their tasks, began or ended. */
    private long statuses() {
        return new Topics(parts)
                .all("connect-rotation-status").stream()
                        .filter(record -> text(record.key()).contains("-quiet-"))
                        .count();
    }

    /** Of the quiet ones, as the worker has them. */
    private Set<String> tasks() {
        return IntStream.range(0, QUIET)
                .mapToObj(i -> quiet(i) + " "
                        + ownRest.get("/connectors/" + quiet(i) + "/status")
                                .body()
                                .path("tasks"))
                .collect(Collectors.toSet());
    }

    private String workerSecret(String name) {
        return ownRest.get("/connectors/" + name + "/config")
                .body()
                .path("my.password")
                .asText();
    }

    private void created(String name, Map<String, String> config, String state) {
        var answer = api().post("/connectors", Map.of("name", name, "config", config, "initial_state", state));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private Map<String, String> source(String secret) {
        return FileConnectors.with(
                FileConnectors.source(files.resolve("lines"), "rotation-lines"), "my.password", secret);
    }

    private Api api() {
        return apis.getFirst();
    }

    private JsonNode own(String path) {
        var answer = new Api(replicas.getFirst().url()).get(OWN + path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> values = new TreeMap<>();
        node.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    /** So that what is a text in it can be found. */
    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String quiet(int number) {
        return "quiet-" + number;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(300));
    }
}
