package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.pipeline.KafkaTopics;
import io.signalbox.api.pipeline.NotifiedPhases;
import io.signalbox.api.pipeline.sweep.KafkaSweeps;
import io.signalbox.processor.dataplane.pipeline.Copies.Told;
import io.signalbox.processor.dataplane.pipeline.Phases.Phase;
import io.signalbox.processor.dataplane.pipeline.Topics.Backlog;
import io.signalbox.processor.domain.Config;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What conductors ask of Kafka, of a real broker. */
class PipelineTopicsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Map<String, Object> kafka = Map.of(
            "bootstrap.servers", RealParts.shared().broker().bootstrapServers(), "allow.auto.create.topics", false);
    private final Admin admin = Admin.create(kafka);
    private final KafkaTopics topics = new KafkaTopics(admin);
    private final NotifiedPhases phases = new NotifiedPhases(
            admin, new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());

    @AfterEach
    void close() {
        producer.close();
        phases.close();
        admin.close();
    }

    private void make(String... names) throws Exception {
        admin.createTopics(Arrays.stream(names)
                        .map(name -> new NewTopic(name, 2, (short) 1))
                        .toList())
                .all()
                .get();
    }

    private void send(String topic, int partition, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    @Test
    void what_is_a_pipelines_own_is_deleted_and_nothing_else() throws Exception {
        make("sm.pt.public.a", "sm.pt.public.b", "sm.pt-notifications", "sm.pt-other.public.a", "sm.ptx.public.a");
        topics.delete("sm.pt.", Set.of("sm.pt-notifications", "sm.pt-heartbeat.sm.pt"));
        assertThat(admin.listTopics().names().get())
                .contains("sm.pt-other.public.a", "sm.ptx.public.a")
                .noneMatch(name -> name.startsWith("sm.pt."))
                .doesNotContain("sm.pt-notifications");
        topics.delete("sm.pt.", Set.of());
        topics.delete("sm.pt-other.", Set.of("sm.ptx.public.a"));
    }

    @Test
    void the_lag_is_what_a_group_did_not_commit() throws Exception {
        make("sm.lag.public.a", "sm.lag.public.b", "sm.lag-notifications");
        for (int i = 0; i < 3; i++) {
            send("sm.lag.public.a", i % 2, "a");
            send("sm.lag-notifications", 0, "n");
        }
        send("sm.lag.public.b", 0, "b");
        var read = Pattern.compile("sm\\.lag\\..*");
        assertThat(topics.lag("connect-sm.lag.sink", read)).isEqualTo(4);
        var settings = new HashMap<>(kafka);
        settings.putAll(Map.of("group.id", "connect-sm.lag.sink", "auto.offset.reset", "earliest"));
        try (var sink = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            sink.subscribe(List.of("sm.lag.public.a"));
            Awaitility.await().atMost(LONG).until(() -> {
                sink.poll(Duration.ofMillis(100));
                sink.commitSync();
                return topics.lag("connect-sm.lag.sink", read) == 1;
            });
            assertThat(topics.lag("connect-sm.lag.sink", Pattern.compile("sm\\.lag\\.public\\.a")))
                    .isZero();
        }
        Awaitility.await().atMost(LONG).ignoreExceptions().until(() -> {
            topics.deleteGroup("connect-sm.lag.sink");
            return true;
        });
        assertThat(topics.lag("connect-sm.lag.sink", read)).isEqualTo(4);
        topics.deleteGroup("connect-sm.lag.sink");
        topics.delete("sm.lag.", Set.of("sm.lag-notifications"));
        assertThat(topics.lag("connect-sm.lag.sink", read)).isZero();
    }

    @Test
    void how_old_what_a_group_did_not_read_is_is_measured_by_what_the_topic_keeps() throws Exception {
        String topic = "sm.old.public.a";
        var read = Pattern.compile("sm\\.old\\..*");
        String group = "connect-sm.old.sink";
        assertThat(topics.backlog(group, read, Instant.now())).isEqualTo(Backlog.FRESH);
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "86400000"))))
                .all()
                .get();
        send(topic, 0, "one");
        send(topic, 0, "two");
        Instant written = Instant.now();
        assertThat(topics.backlog(group, read, written)).isEqualTo(Backlog.FRESH);
        assertThat(topics.backlog(group, read, written.plus(Duration.ofHours(13))))
                .isEqualTo(Backlog.AGEING);
        var partition = new TopicPartition(topic, 0);
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(1)))
                .all()
                .get();
        assertThat(topics.backlog(group, read, written.plus(Duration.ofHours(13))))
                .isEqualTo(Backlog.AGEING);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2)))
                .all()
                .get();
        assertThat(topics.backlog(group, read, written)).isEqualTo(Backlog.LOST);
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(2)))
                .all()
                .get();
        assertThat(topics.backlog(group, read, written.plus(Duration.ofHours(13))))
                .isEqualTo(Backlog.FRESH);
        topics.delete("sm.old.", Set.of());
        topics.deleteGroup(group);
    }

    /** Two copies, of which the second one did not find a row: what a sweep of the real topics makes of it. */
    @Test
    void what_the_newest_copy_did_not_find_is_deleted_once() throws Exception {
        admin.createTopics(List.of(
                        new NewTopic("sm.swept.public.t", 1, (short) 1),
                        new NewTopic("sm.swept-notifications", 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
        var source = Config.of(Map.of(
                "topic.prefix", "sm.swept",
                "notification.sink.topic.name", "sm.swept-notifications",
                "key.converter.schemas.enable", "false",
                "value.converter.schemas.enable", "false"));
        try (var sweeps = new KafkaSweeps(
                admin,
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                () -> new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                () -> new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer()),
                Clock.systemUTC(),
                System::nanoTime)) {
            assertThat(sweeps.told(source).due()).isFalse();
            for (int copy = 1; copy <= 2; copy++) {
                tell("sm.swept-notifications", "STARTED", "");
                for (int id = copy; id <= 3; id++) {
                    row("sm.swept.public.t", id, copy);
                }
                assertThat(sweeps.told(source).due()).isFalse();
            }
            tell(
                    "sm.swept-notifications",
                    "TABLE_SCAN_COMPLETED",
                    "\"scanned_collection\":\"public.t\",\"total_rows_scanned\":\"2\",\"status\":\"SUCCEEDED\"");
            tell("sm.swept-notifications", "COMPLETED", "");
            assertThat(sweeps.told(source).due()).isTrue();
            var asked = new AtomicInteger();
            sweeps.sweep(source, asked::incrementAndGet);
            assertThat(asked).hasPositiveValue();
            assertThat(sweeps.told(source).due()).isFalse();
            sweeps.sweep(source, asked::incrementAndGet);
            var records = new Topics(RealParts.shared()).all("sm.swept.public.t");
            assertThat(records).hasSize(7);
            assertThat(new String(records.get(5).key(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":1}");
            assertThat(Api.parsed(new String(records.get(5).value(), StandardCharsets.UTF_8))
                            .path("op")
                            .asText())
                    .isEqualTo("d");
            assertThat(records.get(6).value()).isNull();
        }
        topics.delete("sm.swept.", Set.of("sm.swept-notifications"));
    }

    private void tell(String topic, String type, String about) throws Exception {
        String value = "{\"aggregate_type\":\"Initial Snapshot\",\"type\":\"" + type + "\",\"additional_data\":{"
                + about + "},\"timestamp\":1}";
        producer.send(new ProducerRecord<>(topic, bytes("{\"id\":\"" + UUID.randomUUID() + "\"}"), bytes(value)))
                .get();
    }

    private void row(String topic, int id, int copy) throws Exception {
        String value = "{\"before\":null,\"after\":{\"id\":" + id
                + "},\"source\":{\"name\":\"sm.swept\",\"snapshot\":\"true\","
                + "\"schema\":\"public\",\"table\":\"t\",\"lsn\":" + copy + "},\"op\":\"r\",\"ts_ms\":1}";
        producer.send(new ProducerRecord<>(topic, bytes("{\"id\":" + id + "}"), bytes(value)))
                .get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_last_word_about_a_snapshot_counts() throws Exception {
        String topic = "sm.word-notifications";
        assertThat(phases.of(topic)).isEqualTo(Phase.UNTOLD);
        make(topic);
        assertThat(phases.of(topic)).isEqualTo(Phase.UNTOLD);
        send(topic, 0, notification("STARTED", 1));
        assertThat(phases.of(topic)).isEqualTo(Phase.COPIES);
        send(topic, 1, "{\"schema\":{},\"payload\":" + notification("COMPLETED", 3) + "}");
        send(topic, 0, notification("IN_PROGRESS", 2));
        assertThat(phases.of(topic)).isEqualTo(Phase.COPIED);
        assertThat(phases.of(topic)).isEqualTo(Phase.COPIED);
        send(topic, 0, "no json");
        send(topic, 0, "{\"aggregate_type\":\"Incremental Snapshot\",\"type\":\"STARTED\",\"timestamp\":4}");
        assertThat(phases.of(topic)).isEqualTo(Phase.COPIED);
        topics.delete("sm.word.", Set.of(topic));
        assertThat(phases.of(topic)).isEqualTo(Phase.UNTOLD);
        make(topic);
        send(topic, 0, notification("STARTED", 5));
        assertThat(phases.of(topic)).isEqualTo(Phase.COPIES);
        topics.delete("sm.word.", Set.of(topic));
    }

    @Test
    void what_is_told_of_the_copy_of_a_table_is_known_by_its_name() throws Exception {
        String topic = "sm.copy-notifications";
        assertThat(phases.of(topic, "t.1")).isEmpty();
        make(topic);
        send(topic, 0, copy("t.1", "IN_PROGRESS", "{}", 1));
        assertThat(phases.of(topic, "t.1")).contains(new Told(1, null));
        assertThat(phases.of(topic)).as("changes are followed").isEqualTo(Phase.COPIED);
        send(topic, 0, copy("t.1", "TABLE_SCAN_COMPLETED", "{\"status\":\"SQL_EXCEPTION\"}", 2));
        send(topic, 0, copy("t.1", "COMPLETED", "{}", 3));
        send(topic, 1, copy("t.2", "TABLE_SCAN_COMPLETED", "{\"status\":\"SUCCEEDED\"}", 4));
        assertThat(phases.of(topic, "t.1")).contains(new Told(3, "SQL_EXCEPTION"));
        assertThat(phases.of(topic, "t.2")).contains(new Told(4, "SUCCEEDED"));
        assertThat(phases.of(topic, "t.3")).isEmpty();
        topics.delete("sm.copy.", Set.of(topic));
    }

    @Test
    void a_group_is_waited_for_up_to_where_topics_ended_and_no_further() throws Exception {
        make("sm.end.public.a", "sm.end.public.b");
        send("sm.end.public.a", 0, "a");
        send("sm.end.public.a", 1, "a");
        send("sm.end.public.b", 1, "b");
        String group = "connect-sm.end.sink";
        var ends = topics.ends(Pattern.compile("sm\\.end\\..*"));
        assertThat(topics.committed(group, ends)).isFalse();
        admin.alterConsumerGroupOffsets(
                        group,
                        Map.of(
                                new TopicPartition("sm.end.public.a", 0), new OffsetAndMetadata(1),
                                new TopicPartition("sm.end.public.a", 1), new OffsetAndMetadata(1)))
                .all()
                .get();
        assertThat(topics.committed(group, ends)).isFalse();
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition("sm.end.public.b", 1), new OffsetAndMetadata(1)))
                .all()
                .get();
        send("sm.end.public.a", 0, "later");
        assertThat(topics.committed(group, ends)).isTrue();
        topics.deleteGroup(group);
        assertThat(topics.committed(group, ends)).isFalse();
        topics.delete("sm.end.", Set.of());
        assertThat(topics.committed(group, ends))
                .as("what is deleted is not waited for")
                .isTrue();
    }

    private static String copy(String id, String type, String more, long at) {
        return "{\"id\":\"" + id + "\",\"aggregate_type\":\"Incremental Snapshot\",\"type\":\"" + type
                + "\",\"additional_data\":" + more + ",\"timestamp\":" + at + "}";
    }

    private static String notification(String type, long at) {
        return "{\"id\":\"x\",\"aggregate_type\":\"Initial Snapshot\",\"type\":\"" + type
                + "\",\"additional_data\":{\"connector_name\":\"sm.word\"},\"timestamp\":" + at + "}";
    }
}
