package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.signalbox.standalone.Dist;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The consumers of the docs, compiled as they stand there, on the real topic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumersIT {

    /** 20 with {@code -Dconsumer.kills=20}. */
    private static final int KILLS = Integer.getInteger("consumer.kills", 6);

    private static final String PREFIX = "examples";
    private static final String TOPIC = PREFIX + ".lifecycle";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final RealParts parts = RealParts.shared();
    private final Dist dist = Dist.locate();
    private final String jars = Compiled.jars(dist.signalboxClassPath());
    private final Path directory = parts.directory(PREFIX);
    private final List<Process> children = new ArrayList<>();
    private Replica replica;
    private Api api;
    private Path examples;

    @BeforeAll
    void start() throws Exception {
        replica = parts.newReplica(PREFIX, SharedReplica.SMALL);
        replica.startAndAwait();
        api = new Api(replica.url());
        assertThat(api.register("local", SharedReplica.NO_WORKER).status()).isEqualTo(201);
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(api.get("/connectors").status()).isEqualTo(200));
        Path sources = dist.root().resolve("../../../../docs/examples").normalize();
        examples = Compiled.all(sources, jars, Files.createDirectories(directory.resolve("examples")));
    }

    @AfterAll
    void stop() {
        children.forEach(Process::destroyForcibly);
        parts.dismiss(replica);
    }

    @Test
    void a_consumer_that_is_killed_again_and_again_under_load_has_every_event_once_and_in_order() throws Exception {
        var random = new Random(20261121);
        Path file = directory.resolve("recorded");
        try (var changes = new SteadyChanges(List.of(api))) {
            for (int kill = 0; kill < KILLS; kill++) {
                long before = size(file);
                Process child = run("RecordEvents", TOPIC, file.toString());
                long enough = before + 1 + random.nextInt(4_000);
                Awaitility.await()
                        .atMost(LONG)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> size(file) >= enough || !child.isAlive());
                assertThat(child.isAlive()).as("killed by nobody else").isTrue();
                child.destroyForcibly().waitFor();
            }
            assertThat(changes.done()).isGreaterThan(50);
        }
        run("RecordEvents", TOPIC, file.toString());
        List<String> expected = new ArrayList<>();
        var lifecycle = new Lifecycle(parts, PREFIX).settled();
        lifecycle.forEach(event -> expected.add(event.subject() + " " + event.revision() + " " + event.type()));
        Awaitility.await().atMost(LONG).until(() -> lines(file).size() >= expected.size());
        List<String> recorded = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Map<String, Long> revisions = new HashMap<>();
        for (String line : lines(file)) {
            String[] word = line.split(" ");
            assertThat(ids.add(word[2])).as(line).isTrue();
            long revision = Long.parseLong(word[3]);
            assertThat(revision).as(line).isEqualTo(revisions.getOrDefault(word[5], 0L) + 1);
            revisions.put(word[5], revision);
            recorded.add(word[5] + " " + revision + " " + word[4]);
        }
        assertThat(recorded).containsExactlyInAnyOrderElementsOf(expected);
        System.out.println("events recorded=" + recorded.size() + " kills=" + KILLS);
    }

    @Test
    void consumers_that_were_compiled_before_there_was_a_type_of_event_go_on_when_it_comes() throws Exception {
        Process print = run("PrintEvents", TOPIC);
        Callable<List<String>> old = oldConsumer();
        List<String> seen = new ArrayList<>();
        assertThat(api.create("before", Map.of("connector.class", "Any"), "?validate=deferred")
                        .status())
                .isEqualTo(201);
        commend("default/local/commended");
        assertThat(api.create("after", Map.of("connector.class", "Any"), "?validate=deferred")
                        .status())
                .isEqualTo(201);
        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            seen.addAll(old.call());
            assertThat(seen)
                    .anyMatch(line -> line.matches("created default/local/before \\S+ 2"))
                    .contains("passed default/local/commended io.signalbox.event.ConnectorCommended")
                    .anyMatch(line -> line.matches("created default/local/after \\S+ 2"));
        });
        Path printed = log("PrintEvents");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(Files.readString(printed))
                        .contains("default/local/commended ConnectorCommended {\"by\": \"the test\"}")
                        .contains("default/local/after ConnectorCreated"));
        assertThat(print.isAlive()).isTrue();
        try (var live = new SseClient(api, "/signalbox/v1/events?from=beginning&type=ConnectorCommended")) {
            var event = live.next();
            assertThat(event.data().path("data").path("by").asText()).isEqualTo("the test");
            assertThat(event.data().path("connector").asText()).isEqualTo("commended");
        }
        ((AutoCloseable) old).close();
    }

    /** With classes of its own, as it was compiled, and with ours above them only for Kafka, Avro and Confluent. */
    @SuppressWarnings("unchecked")
    private Callable<List<String>> oldConsumer() throws Exception {
        Path sources = Path.of(getClass().getResource("/old-consumer").toURI());
        Path classes = Compiled.all(sources, jars, Files.createDirectories(directory.resolve("old-consumer")));
        List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
        for (String jar : jars.split(":")) {
            urls.add(Path.of(jar).toUri().toURL());
        }
        var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        var before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers", parts.broker().bootstrapServers(),
                    "schema.registry.url", parts.registry().url(),
                    "isolation.level", "read_committed");
            return (Callable<List<String>>) loader.loadClass("OldConsumer")
                    .getConstructor(Map.class, String.class)
                    .newInstance(settings, TOPIC);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** An event of a release to come, registered and written like all others. */
    private void commend(String key) throws Exception {
        var schema = SchemaBuilder.record("ConnectorCommended")
                .namespace("io.signalbox.event")
                .fields()
                .requiredString("by")
                .endRecord();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", parts.broker().bootstrapServers(),
                "schema.registry.url", parts.registry().url(),
                "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
                "key.serializer", StringSerializer.class.getName(),
                "value.serializer", KafkaAvroSerializer.class.getName());
        try (var producer = new KafkaProducer<String, GenericRecord>(settings)) {
            var record = new ProducerRecord<String, GenericRecord>(
                    TOPIC,
                    key,
                    new GenericRecordBuilder(schema).set("by", "the test").build());
            Map.of(
                            "ce_id", "commended",
                            "ce_type", schema.getFullName(),
                            "ce_subject", key,
                            "ce_time", "2026-01-01T00:00:00Z",
                            "ce_revision", "1",
                            "ce_actor", "tester",
                            "ce_commandid", "commend")
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get(30, TimeUnit.SECONDS);
        }
    }

    private Process run(String example, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                examples + ":" + jars,
                example,
                parts.broker().bootstrapServers(),
                parts.registry().url()));
        command.addAll(List.of(more));
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(example).toFile())
                .start();
        children.add(child);
        return child;
    }

    private Path log(String example) {
        return directory.resolve(example + ".log");
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Whole ones. */
    private static List<String> lines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
