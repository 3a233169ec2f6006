package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.Run.Cause;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two replicas, one of which is killed whenever a pipeline is on its way somewhere: a real broker, registry and worker, and between
 * them the two connectors that need no database.
 */
class ConductorIT {

    private static final String PREFIX = "conductor";
    private static final PipelineKey KEY = new PipelineKey("default", "conducted", "lines");
    private static final Duration LONG = Duration.ofSeconds(120);

    private final RealParts parts = RealParts.shared();
    private final Worker worker = parts.newWorker("worker-conductor", WorkerAwayIT.QUICK);
    private final List<Replica> replicas =
            List.of(parts.newReplica(PREFIX, Map.of()), parts.newReplica(PREFIX, Map.of()));
    private final Path files = parts.directory("conductor");
    private final Api rest = new Api(worker.url());
    private final Topics topics = new Topics(parts);
    private final Codecs codecs = new Codecs(
            new TopicNames(PREFIX),
            new AvroWire(new CachedSchemaRegistryClient(parts.registry().url(), 1_000)));

    @AfterEach
    void stop() {
        replicas.forEach(parts::dismiss);
        parts.dismiss(worker);
    }

    private PipelinePlan plan() {
        String text = "org.apache.kafka.connect.storage.StringConverter";
        var source = Config.of(Map.of(
                "connector.class",
                "FileStreamSource",
                "file",
                files.resolve("in").toString(),
                "topic",
                "sm.lines.all",
                "key.converter",
                text,
                "value.converter",
                text));
        var sink = Config.of(Map.of(
                "connector.class", "FileStreamSink",
                "file", files.resolve("out").toString(),
                "topics.regex", "sm\\.lines\\..*",
                "consumer.override.metadata.max.age.ms", "1000",
                "consumer.override.auto.offset.reset", "earliest",
                "key.converter", text,
                "value.converter", text));
        return new PipelinePlan(source, sink, false, null, false, false);
    }

    private void tell(Command command) throws Exception {
        Map<String, Object> kafka = Map.of("bootstrap.servers", parts.broker().bootstrapServers());
        try (var producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(codecs.commands()
                            .encode(new CommandEnvelope(UUID.randomUUID().toString(), KEY, "tester", command)))
                    .get();
        }
    }

    /** As the table has it; empty when it is gone. */
    private Optional<PipelineState> now() {
        Optional<PipelineState> latest = Optional.empty();
        for (var record : topics.all(codecs.topics().pipelines())) {
            latest = Optional.ofNullable(record.value())
                    .map(bytes -> codecs.pipelines().deserializer().deserialize(record.topic(), bytes));
        }
        return latest;
    }

    /** Of the run that began so: what is asked for takes a moment to be heard of. */
    private void await(Cause cause, State state, Status status) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(now().map(is -> is.run().cause() + " "
                                + is.status().state() + " " + is.status().status()))
                        .contains(cause + " " + state + " " + status));
    }

    /** Without a word: the other one finds what is half done. */
    private void kill(int replica) throws Exception {
        replicas.get(replica).kill9();
        replicas.get(replica).startAndAwait();
    }

    private void awaitLines(String last) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> Files.exists(files.resolve("out"))
                        && Files.readAllLines(files.resolve("out")).contains(last));
    }

    @Test
    void whoever_is_killed_a_pipeline_ends_as_was_asked_and_nothing_is_left_over() throws Exception {
        worker.startAndAwait();
        for (Replica replica : replicas) {
            replica.startAndAwait();
        }
        new Api(replicas.getFirst().url()).register("conducted", worker.url());
        Files.writeString(files.resolve("in"), "one\n");

        tell(new Command.CreatePipeline("{}", plan()));
        kill(0);
        await(Cause.CREATE, State.REALTIME, Status.HEARTBEAT);
        awaitLines("one");
        assertThat(rest.get("/connectors").body()).hasSize(2);

        String run = now().orElseThrow().run().id();
        tell(new Command.ReinitializePipeline());
        kill(1);
        await(Cause.REINITIALIZE, State.REALTIME, Status.HEARTBEAT);
        assertThat(now().orElseThrow().run().id()).isGreaterThan(run);
        Files.writeString(files.resolve("in"), "two\n", StandardOpenOption.APPEND);
        awaitLines("two");
        assertThat(Files.readAllLines(files.resolve("out")))
                .as("it began from nothing")
                .filteredOn("one"::equals)
                .hasSizeGreaterThan(1);

        tell(new Command.StopPipeline());
        await(Cause.REINITIALIZE, State.SHUTDOWN, Status.COMPLETE);
        assertThat(rest.state("sm.lines.source")).isEqualTo("STOPPED");
        assertThat(rest.state("sm.lines.sink")).isEqualTo("STOPPED");
        tell(new Command.StartPipeline());
        worker.kill9();
        worker.startAndAwait();
        await(Cause.START, State.REALTIME, Status.HEARTBEAT);
        Files.writeString(files.resolve("in"), "three\n", StandardOpenOption.APPEND);
        awaitLines("three");

        tell(new Command.DeletePipeline(false));
        kill(0);
        Awaitility.await().atMost(LONG).until(() -> now().isEmpty());
        assertThat(rest.get("/connectors").body()).isEmpty();
        try (var admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("sm.lines"));
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().equals("connect-sm.lines.sink"));
        }
        var events = new Lifecycle(parts, PREFIX).settled();
        for (String connector : List.of("source", "sink")) {
            assertThat(events)
                    .filteredOn(event -> event.subject().equals("default/conducted/sm.lines." + connector))
                    .filteredOn(event -> event.type().equals("ConnectorCreated"))
                    .hasSize(1);
        }
        assertThat(events)
                .filteredOn(event -> event.subject().equals(KEY.toString()))
                .filteredOn(event -> event.type().equals("PipelineDeleted"))
                .hasSize(1);
    }
}
