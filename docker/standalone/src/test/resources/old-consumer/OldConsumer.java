import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.signalbox.event.ConnectorCreated;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Compiled long ago, with generated classes, and it knows of one type of event only: it goes by the header, decodes what it
 * knows, and lets the rest pass.
 */
public final class OldConsumer implements Callable<List<String>>, AutoCloseable {

    private final KafkaAvroDeserializer decoder = new KafkaAvroDeserializer();
    private final KafkaConsumer<String, byte[]> consumer;
    private final String topic;

    public OldConsumer(Map<String, Object> settings, String topic) {
        this.topic = topic;
        decoder.configure(
                Map.of("schema.registry.url", settings.get("schema.registry.url"), "specific.avro.reader", true), false);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What came since the last call. */
    @Override
    public List<String> call() {
        List<String> lines = new ArrayList<>();
        for (var event : consumer.poll(Duration.ofMillis(200))) {
            String type = new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
            if (type.equals("io.signalbox.event.ConnectorCreated")) {
                var created = (ConnectorCreated) decoder.deserialize(topic, event.value());
                lines.add("created " + event.key() + " " + created.uid() + " " + created.config().size());
            } else {
                lines.add("passed " + event.key() + " " + type);
            }
        }
        return lines;
    }

    @Override
    public void close() {
        consumer.close();
        decoder.close();
    }
}
