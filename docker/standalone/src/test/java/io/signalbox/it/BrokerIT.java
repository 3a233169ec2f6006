package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Broker;
import io.signalbox.standalone.Dist;
import io.signalbox.standalone.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {

    private static final String TOPIC = "kept";

    @TempDir
    Path home;

    @Test
    void records_and_cluster_id_survive_a_crash_and_a_restart_on_other_ports() throws Exception {
        String clusterId;
        try (Broker broker = broker()) {
            broker.startAndAwait();
            clusterId = clusterId(broker);
            produce(broker, "one");
            broker.kill9();
            broker.startAndAwait();
            produce(broker, "two");
        }
        try (Broker broker = broker()) {
            broker.startAndAwait();
            assertThat(clusterId(broker)).isEqualTo(clusterId);
            assertThat(consume(broker, 2)).containsExactly("one", "two");
        }
    }

    private Broker broker() {
        return new Broker(Dist.locate(), home, Ports.freePort(), Ports.freePort(), Map.of());
    }

    private static String clusterId(Broker broker) throws Exception {
        try (Admin admin = Admin.create(client(broker))) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void produce(Broker broker, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, null, value)).get();
        }
    }

    private static List<String> consume(Broker broker, int count) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> values.add(each.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    private static Map<String, Object> client(Broker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
