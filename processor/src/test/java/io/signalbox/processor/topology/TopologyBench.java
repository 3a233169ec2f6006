package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.FollowUp;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.SchemaRegistrar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology under Kafka's own test driver, with real codecs; only the registry is Confluent's mock. */
public final class TopologyBench implements AutoCloseable {

    public static final TopicNames TOPICS = new TopicNames("signalbox");
    private static final long STEP_MS = 10;
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    public final Codecs codecs;
    public final OpenPartitions open = new OpenPartitions(() -> "test");
    final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> commands;
    private final TestOutputTopic<byte[], byte[]> lifecycle;
    private final List<CommandOutcome> answers = new ArrayList<>();
    private final List<String> repliedTo = new ArrayList<>();
    private final List<ConnectorState> desired = new ArrayList<>();
    private final List<FollowUp> told = new ArrayList<>();
    private final TestOutputTopic<byte[], byte[]> connectors;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private Instant now = START;
    private long piped;
    private int foreseen;
    private boolean closed;

    public TopologyBench(Path stateDir) {
        this(stateDir, 1);
    }

    /** @param partitions how many there are, of which this is one */
    TopologyBench(Path stateDir, int partitions) {
        var registry = new MockSchemaRegistryClient();
        new SchemaRegistrar(registry, TOPICS.prefix()).ensure();
        codecs = new Codecs(TOPICS, new AvroWire(registry));
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "signalbox");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDb.class);
        var followUps = new FollowUps() {
            @Override
            public int partitions() {
                return partitions;
            }

            @Override
            public void append(FollowUp followUp) {
                told.add(followUp);
            }
        };
        driver = new TopologyTestDriver(
                ConnectorTopology.build(codecs, open, this::answer, followUps, this::desire, FaultPoints.NONE),
                settings,
                START);
        commands = driver.createInputTopic(TOPICS.commands(), new ByteArraySerializer(), new ByteArraySerializer());
        lifecycle = output(TOPICS.lifecycle());
        connectors = output(TOPICS.connectors());
        deadLetters = output(TOPICS.deadLetter());
    }

    private void answer(CommandOutcome outcome, String replyTo) {
        answers.add(outcome);
        repliedTo.add(outcome.commandId() + " " + outcome.stage() + " to " + replyTo);
    }

    private void desire(int partition, ConnectorState state, long at) {
        assertThat(partition).isZero();
        assertThat(at).isEqualTo(now.toEpochMilli());
        desired.add(state);
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public void send(AggregateKey key, String id, Command command) {
        send(new CommandEnvelope(id, key, "tester", command));
    }

    /** @param replyTo who waits for the outcome */
    void send(CommandEnvelope envelope, String replyTo) {
        send(envelope, codecs.commands().encode(envelope, replyTo));
    }

    void send(CommandEnvelope envelope) {
        send(envelope, codecs.commands().encode(envelope));
    }

    /** What is foreseen of a command has to be what is told of it then, whatever a test is about. */
    private void send(CommandEnvelope envelope, ProducerRecord<byte[], byte[]> record) {
        var early = foresee(envelope, piped);
        int before = answers.size();
        pipe(record);
        if (early.isPresent()) {
            foreseen++;
            assertThat(answers.subList(before, answers.size()))
                    .as("what was foreseen of " + envelope)
                    .contains(early.get());
        }
    }

    /** What is known of a command that is in the log and was not processed. */
    Optional<CommandOutcome> foresee(CommandEnvelope envelope, long offset) {
        return open.find(0)
                .filter(partition -> partition.sent(envelope, offset))
                .flatMap(partition -> partition.foresee(envelope, offset, at(offset), false));
    }

    /** The log's time at this offset. */
    long at(long offset) {
        return now.plusMillis(STEP_MS * (offset - piped + 1)).toEpochMilli();
    }

    /** While somebody else looks what will become of it. */
    void sendUnforeseen(CommandEnvelope envelope) {
        pipe(codecs.commands().encode(envelope));
    }

    /** How many outcomes were known before the command was processed. */
    int foreseen() {
        return foreseen;
    }

    private void pipe(ProducerRecord<byte[], byte[]> record) {
        pipe(record.key(), record.value(), new RecordHeaders(record.headers()));
    }

    void pipe(byte[] key, byte[] value, RecordHeaders headers) {
        now = next();
        commands.pipeInput(new TestRecord<>(key, value, headers, now));
        piped++;
    }

    void pass(java.time.Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    /** The time of the next record. */
    Instant next() {
        return now.plusMillis(STEP_MS);
    }

    /** What was told to other partitions, which here are this one, and was not taken yet. */
    List<FollowUp> followUps() {
        var all = List.copyOf(told);
        told.clear();
        return all;
    }

    /** Until nobody has anything to tell any more. */
    void deliver() {
        for (var all = followUps(); !all.isEmpty(); all = followUps()) {
            all.forEach(followUp -> send(followUp.envelope()));
        }
    }

    List<RecordedEvent> events() {
        return lifecycle.readRecordsToList().stream()
                .map(record -> codecs.events()
                        .decode(new String(record.key(), StandardCharsets.UTF_8), record.value(), record.headers()))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> rawEvents() {
        return lifecycle.readRecordsToList();
    }

    List<CommandOutcome> outcomes() {
        var told = List.copyOf(answers);
        answers.clear();
        return told;
    }

    /** Of each outcome so far: of what, how far, and who was said to wait for it. */
    List<String> repliedTo() {
        return repliedTo;
    }

    List<ConnectorState> states() {
        return connectors.readValuesToList().stream()
                .map(bytes -> codecs.connectorStates().deserializer().deserialize(TOPICS.connectors(), bytes))
                .toList();
    }

    /** What was told ahead of the connector topic. */
    List<ConnectorState> desired() {
        return desired;
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            driver.close();
        }
    }
}
