package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Secrets that nobody else could have written go through every door, two replicas log all that they can, and in the end each
 * is looked for in all topics, stores, logs and answers: it may be with the worker, and nowhere else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsIT {

    private static final int AT_LEAST = 40;
    private static final String CLUSTER = "/environments/default/clusters/vault";
    private static final String OWN = "/signalbox/v1" + CLUSTER + "/connectors/";
    /** Of type PASSWORD by the definition of Kafka's producer, and nothing in its name says so. */
    private static final String TYPED = "producer.override.ssl.truststore.certificates";

    private static final String POSTGRES = "io.debezium.connector.postgresql.PostgresConnector";

    private final RealParts parts = RealParts.shared();
    private final Path files = parts.directory("vault");
    private final Worker worker = parts.newWorker("vault", Map.of("scheduled.rebalance.max.delay.ms", "0"));
    private final Api ownRest = new Api(worker.url());
    private final Replica first = parts.newReplica("vault", SharedReplica.SMALL, LoudReplica.class);
    private final Replica second = parts.newReplica("vault", SharedReplica.SMALL, LoudReplica.class);
    private final Canaries canaries = new Canaries();
    private final List<String> answers = new ArrayList<>();
    private int asked;

    @BeforeAll
    void start() throws Exception {
        Files.writeString(files.resolve("lines"), "one\n");
        worker.start();
        first.start();
        second.startAndAwait();
        first.awaitReady(RealParts.START);
        worker.awaitReady(RealParts.START);
        adoptable();
        var registered = new Api(second.url()).register("vault", worker.url(), Map.of("poll_interval_ms", 200));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        // The other one hears of it in a moment.
        await().until(() ->
                new Api(first.url()).below(CLUSTER).get("/connectors").status() == 200);
    }

    @AfterAll
    void stop() {
        parts.dismiss(first);
        parts.dismiss(second);
        parts.dismiss(worker);
    }

    @Test
    @Order(1)
    void the_worker_gets_the_secrets_and_connectors_run() {
        var secret = secrets();
        String name = created("posted", ask("POST", "/connectors", Map.of("name", "posted", "config", source(secret))));
        var put = secrets();
        ask("PUT", "/connectors/put/config", source(put));
        var deferred = secrets();
        ask("PUT", "/connectors/deferred/config?validate=deferred", source(deferred));
        for (String each : List.of(name, "put", "deferred")) {
            await().untilAsserted(() -> assertThat(state(each)).isEqualTo("RUNNING"));
        }
        assertThat(config("posted")).containsAllEntriesOf(secret);
        assertThat(config("put")).containsAllEntriesOf(put);
        assertThat(config("deferred")).containsAllEntriesOf(deferred);
        var shown = ask("GET", "/connectors/posted/config", null).body();
        secret.keySet()
                .forEach(key -> assertThat(shown.path(key).asText()).as(key).isEqualTo("********"));
    }

    @Test
    @Order(2)
    void changes_reach_the_worker_and_asterisks_keep_what_is_there() {
        var before = config("put");
        Map<String, String> read =
                new HashMap<>(strings(ask("GET", "/connectors/put/config", null).body()));
        read.put("batch.size", "77");
        read.put("my.password", canary());
        assertThat(ask("PUT", "/connectors/put/config", read).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(config("put")).containsEntry("batch.size", "77"));
        assertThat(config("put"))
                .containsEntry(TYPED, before.get(TYPED))
                .containsEntry("my.password", read.get("my.password"));
        Map<String, String> patch = Map.of("my.token", canary(), "api.key", "********", "batch.size", "78");
        assertThat(ask("PATCH", "/connectors/put/config", patch).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(config("put")).containsEntry("batch.size", "78"));
        assertThat(config("put"))
                .containsEntry("my.token", patch.get("my.token"))
                .containsEntry("api.key", before.get("api.key"));
        assertThat(ask(
                                "PUT",
                                "/connectors/unkept/config",
                                Map.of("connector.class", "FileStreamSource", "a", "********"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @Order(3)
    void a_secret_that_is_changed_on_the_worker_is_told_and_put_back() {
        var before = config("posted");
        Map<String, String> meddled = new TreeMap<>(before);
        meddled.put(TYPED, canary());
        meddled.put("added.secret", canary());
        assertThat(ownRest.put("/connectors/posted/config", meddled).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        own("posted/history?observed=true&page_size=1000").findValuesAsText("event"))
                .contains("DriftDetected", "DriftHealed"));
        assertThat(config("posted")).isEqualTo(before);
    }

    @Test
    @Order(4)
    void what_runs_already_is_adopted_without_its_secrets_in_clear() {
        await().untilAsserted(() -> assertThat(
                        ask("GET", "/connectors/found/config", null).status())
                .isEqualTo(200));
        assertThat(ask("GET", "/connectors/found/config", null)
                        .body()
                        .path("my.password")
                        .asText())
                .isEqualTo("********");
        assertThat(ask("PATCH", "/connectors/found/config", Map.of("batch.size", "5"))
                        .status())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(config("found")).containsEntry("batch.size", "5"));
        assertThat(config("found").get("my.password")).isEqualTo(canaries.first());
    }

    @Test
    @Order(5)
    void mistakes_and_failures_repeat_nothing() {
        ask(
                "POST",
                "/connectors",
                Map.of("name", "x", "config", Map.of("connector.class", "FileStreamSource", "my.password", canary())));
        ask(
                "POST",
                "/connectors",
                Map.of("name", "x", "config", Map.of("connector.class", "NoSuch", "my.password", canary())));
        ask("POST", "/connectors", Map.of("name", "x", "config", Map.of("my.password", canary())));
        ask("POST", "/connectors", Map.of("name", "x", "config", Map.of("password", Map.of("deep", canary()))));
        ask("POST", "/connectors", Map.of("name", "x", "config", List.of(canary())));
        ask("POST", "/connectors", Map.of("name", "x", "passwords", canary()));
        raw("POST", "/connectors", "{\"name\":\"x\",\"config\":{\"password\":\"" + canary() + "\"");
        raw("PUT", "/connectors/x/config", "{\"password\":" + canary() + "}");
        ask(
                "PUT",
                "/connectors/x/config",
                Map.of("name", "y", "connector.class", "FileStreamSource", "secret", canary()));
        ask(
                "PUT",
                "/connectors/posted/config",
                Map.of("connector.class", "FileStreamSource", "topic", "", "my.password", canary()));
        ask("PATCH", "/connectors/none/config", Map.of("my.password", canary()));
        ask("PATCH", "/connectors/posted/config", Map.of("tasks.max", "many", "my.password", canary()));
        ask("PUT", "/connector-plugins/FileStreamSource/config/validate", source(secrets()));
        ask(
                "PUT",
                "/connector-plugins/NoSuch/config/validate",
                Map.of("connector.class", "NoSuch", "my.password", canary()));
        ask(
                "PUT",
                "/connector-plugins/FileStreamSource/config/validate",
                Map.of(
                        "tasks.max",
                        canary(),
                        "connector.class",
                        "FileStreamSource",
                        "name",
                        "x",
                        "my.password",
                        "********"));
        canaries.forgetLast(); // a value of a setting that is none of the secret ones may be quoted
        assertThat(answered(new Api(first.url())
                                .put(
                                        "/signalbox/v1" + CLUSTER,
                                        Map.of(
                                                "workers",
                                                List.of(worker.url()),
                                                "username",
                                                "me",
                                                "password",
                                                canary())))
                        .status())
                .isEqualTo(400);
        ask("POST", "/connectors", Map.of("name", "pg", "config", postgres(canary())));
        ask("PUT", "/connectors/pg/config?validate=deferred", postgres(canary()));
        await().untilAsserted(() -> assertThat(state("pg")).isEqualTo("FAILED"));
        ask("PUT", "/connectors/jdbc/config?validate=deferred", jdbc(canary(), canary()));
        await().untilAsserted(() -> assertThat(
                        ask("GET", "/connectors/jdbc/status", null).body().toString())
                .contains("FAILED"));
    }

    @Test
    @Order(6)
    void nothing_that_is_read_shows_them() throws IOException {
        await().untilAsserted(() ->
                assertThat(ask("GET", "/connectors/posted/tasks", null).body()).isNotEmpty());
        for (String name : List.of("posted", "put", "deferred", "found", "pg", "jdbc")) {
            for (String path : List.of("", "/config", "/status", "/tasks", "/topics", "/offsets")) {
                ask("GET", "/connectors/" + name + path, null);
            }
            for (String path : List.of(
                    "",
                    "?revision=1",
                    "?asOf=2099-01-01T00:00:00Z",
                    "/explain",
                    "/history?observed=true&page_size=1000",
                    "/diff?from=1&to=3")) {
                own(name + path);
            }
        }
        ask("GET", "/connectors?expand=info&expand=status", null);
        assertThat(own("put/diff?from=1&to=" + own("put").path("revision").asLong())
                        .path("changed")
                        .findValuesAsText("key"))
                .contains("my.password", "my.token")
                .doesNotContain(TYPED);
        answered(new Api(first.url()).post(OWN + "put/rollback?validate=deferred", Map.of("revision", 1)));
        assertThat(ask("DELETE", "/connectors/deferred", null).status()).isEqualTo(204);
        answered(new Api(second.url()).post(OWN + "deferred/undelete"));
        await().untilAsserted(() -> assertThat(state("deferred")).isEqualTo("RUNNING"));
        assertThat(events()).anyMatch(line -> line.contains("ConnectorAdopted"));
    }

    @Test
    @Order(7)
    void and_they_are_found_nowhere() throws Exception {
        assertThat(canaries.count()).isGreaterThanOrEqualTo(AT_LEAST);
        answers.forEach(answer -> canaries.search("an answer", answer));
        int topics = canaries.searchTopics(parts, "vault");
        first.stop();
        second.stop();
        Path home = files.getParent().getParent();
        int stored = 0;
        int lines = 0;
        for (Replica replica : List.of(first, second)) {
            stored += canaries.searchFiles(home.resolve(replica.name()));
            Path log = home.resolve("logs").resolve(replica.name() + ".log");
            lines += Files.readAllLines(log).size();
            canaries.search(log.getFileName().toString(), Files.readAllBytes(log));
        }
        System.out.println("secrets canaries=" + canaries.count() + " answers=" + answers.size() + " topics=" + topics
                + " state files=" + stored + " log lines=" + lines + " found=" + canaries.found());
        assertThat(stored).isPositive();
        assertThat(lines).isGreaterThan(100);
        assertThat(canaries.found()).isEmpty();
    }

    /** On the worker before anybody looks after it. */
    private void adoptable() {
        var config = new HashMap<>(source(Map.of("my.password", canary(), "api.key", canary())));
        var created = ownRest.create("found", config, "");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
    }

    private Map<String, String> source(Map<String, String> secrets) {
        Map<String, String> config = new TreeMap<>(FileConnectors.source(files.resolve("lines"), "vault-lines"));
        config.putAll(secrets);
        return config;
    }

    private Map<String, String> secrets() {
        return new TreeMap<>(Map.of(
                "my.password",
                canary(),
                TYPED,
                canary(),
                "api.key",
                canary(),
                "my.url",
                "amqp://me:" + canary() + "@nowhere/"));
    }

    private static Map<String, String> postgres(String password) {
        return Map.of(
                "connector.class", POSTGRES,
                "topic.prefix", "vault",
                "database.hostname", "127.0.0.1",
                "database.port", "9",
                "database.user", "me",
                "database.dbname", "db",
                "database.password", password);
    }

    private static Map<String, String> jdbc(String inUrl, String password) {
        return Map.of(
                "connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector",
                "topics", "vault-lines",
                "connection.url", "jdbc:postgresql://127.0.0.1:9/db?password=" + inUrl,
                "connection.username", "me",
                "connection.password", password);
    }

    private String canary() {
        return canaries.next();
    }

    /** The replicas by turns, so that there are hops. */
    private Api.Answer ask(String method, String path, Object body) {
        return raw(method, path, body == null ? null : Api.json(body));
    }

    private Api.Answer raw(String method, String path, String body) {
        var replica = asked++ % 2 == 0 ? first : second;
        return answered(new Api(replica.url()).below(CLUSTER).send(method, path, body));
    }

    private JsonNode own(String path) {
        return answered(new Api((asked++ % 2 == 0 ? first : second).url()).get(OWN + path))
                .body();
    }

    private Api.Answer answered(Api.Answer answer) {
        answers.add(answer.text() + answer.whole().headers().map());
        return answer;
    }

    private static String created(String name, Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return name;
    }

    private String state(String name) {
        return ask("GET", "/connectors/" + name + "/status", null)
                .body()
                .path("connector")
                .path("state")
                .asText();
    }

    /** As the worker has it. */
    private Map<String, String> config(String name) {
        return strings(ownRest.get("/connectors/" + name + "/config").body());
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> values = new TreeMap<>();
        node.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    /** All that was, as a stream of the one replica tells it. */
    private List<String> events() throws IOException {
        List<String> lines = new ArrayList<>();
        var stream = new Api(first.url()).stream("/signalbox/v1/events?from=beginning");
        try (var in =
                new java.io.BufferedReader(new java.io.InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            // A comment comes when nothing else does: then all was told.
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                if (line.startsWith(":") && lines.size() > 20) {
                    break;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        answers.addAll(lines);
        return lines;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
