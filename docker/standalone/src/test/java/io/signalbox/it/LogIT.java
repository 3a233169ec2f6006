package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Schemas;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The log as the broker and the registry have it. */
class LogIT {

    private final RealParts parts = RealParts.shared();
    private final Api api = SharedReplica.quiet();
    private final Map<String, Object> client =
            Map.of("bootstrap.servers", parts.broker().bootstrapServers());

    @Test
    void the_topics_are_as_the_catalogue_says() throws Exception {
        assertThat(settings("commands"))
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
        assertThat(settings("lifecycle"))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1");
        assertThat(settings("connectors")).containsEntry("cleanup.policy", "compact");
        assertThat(settings("clusters")).containsEntry("cleanup.policy", "compact");
        assertThat(settings("outcomes")).containsEntry("cleanup.policy", "delete");
        assertThat(settings("dead-letter")).containsEntry("cleanup.policy", "delete");
    }

    @Test
    void every_schema_is_registered_and_stays_compatible_both_ways_for_ever() {
        var registry = new Api(parts.registry().url());
        for (Topic topic : Topic.values()) {
            for (var schema : Schemas.of(topic)) {
                String subject = topic.name(SharedReplica.QUIET) + "-" + schema.getFullName();
                // One by one: a registry's list of all ends at a thousand.
                assertThat(registry.get("/subjects/" + subject + "/versions").status())
                        .as(subject)
                        .isEqualTo(200);
                assertThat(registry.get("/config/" + subject)
                                .body()
                                .path("compatibilityLevel")
                                .asText())
                        .as(subject)
                        .isEqualTo("FULL_TRANSITIVE");
            }
        }
    }

    @Test
    void rubbish_among_the_commands_ends_as_it_was_among_the_dead_letters_and_the_next_command_is_answered() {
        List<byte[]> rubbish = List.of(
                "rubbish".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new byte[] {0, 0, 0, 0},
                // The wire format's magic byte with a schema id that nobody gave out.
                new byte[] {0, 0x7f, 0x7f, 0x7f, 0x7f, 1, 2, 3});
        try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < 3; partition++) {
                for (byte[] value : rubbish) {
                    byte[] key = "default/local/rubbish".getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(SharedReplica.QUIET + ".commands", partition, key, value));
                }
                producer.send(new ProducerRecord<>(SharedReplica.QUIET + ".commands", partition, null, null));
            }
        }
        for (int i = 0; i < 6; i++) {
            Api.Answer next = api.create("next-" + i, Map.of("connector.class", "Any"), "?validate=deferred");
            assertThat(next.status()).as(next.toString()).isEqualTo(201);
        }
        int thrown = 3 * (rubbish.size() + 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(deadLetters()).hasSizeGreaterThanOrEqualTo(thrown));
        assertThat(deadLetters()).hasSize(thrown);
        assertThat(deadLetters()).extracting(LogIT::origin).doesNotHaveDuplicates();
        for (byte[] value : rubbish) {
            assertThat(deadLetters())
                    .filteredOn(letter -> Arrays.equals(value, letter.value()))
                    .hasSize(3)
                    .allSatisfy(
                            letter -> assertThat(header(letter, "dl_reason")).isNotBlank());
        }
    }

    @Test
    void an_outcome_is_on_its_topic_only_for_whom_its_decider_cannot_tell_himself() {
        String id = "told-directly";
        Api.Answer created =
                api.create(id, Map.of("connector.class", "Any"), "?validate=deferred", "Idempotency-Key", id);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        var command = new Topics(parts)
                .all(SharedReplica.QUIET + ".commands").stream()
                        .filter(each -> each.headers().lastHeader("ce_id") != null
                                && header(each, "ce_id").equals(id))
                        .findFirst()
                        .orElseThrow();
        // As somebody else sends it, who can only be told there.
        var headers = new RecordHeaders(command.headers());
        headers.remove("ce_replyto");
        try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    command.topic(), command.partition(), command.key(), command.value(), headers));
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> outcomes(id) > 0);
        // Had the first been there, it would come before.
        assertThat(outcomes(id)).isEqualTo(1);
    }

    @Test
    void the_metrics_show_the_clients_the_streams_and_the_requests() {
        api.get("/connectors");
        Api.Answer metrics = api.get("/metrics");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.text())
                .contains("kafka_producer_", "kafka_consumer_", "kafka_stream_", "jvm_memory_used_bytes")
                .containsPattern(
                        "signalbox_http_requests_seconds_count\\{[^}]*route=\"/connectors\"[^}]*status=\"2xx\"");
    }

    private Map<String, String> settings(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, SharedReplica.QUIET + "." + topic);
        try (Admin admin = Admin.create(client)) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return config.entries().stream().collect(Collectors.toMap(e -> e.name(), e -> String.valueOf(e.value())));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return new Topics(parts).all(SharedReplica.QUIET + ".dead-letter");
    }

    private long outcomes(String commandId) {
        byte[] key = commandId.getBytes(StandardCharsets.UTF_8);
        return new Topics(parts)
                .all(SharedReplica.QUIET + ".outcomes").stream()
                        .filter(outcome -> Arrays.equals(key, outcome.key()))
                        .count();
    }

    private static String origin(ConsumerRecord<byte[], byte[]> letter) {
        return header(letter, "dl_topic") + "-" + header(letter, "dl_partition") + "@" + header(letter, "dl_offset");
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
