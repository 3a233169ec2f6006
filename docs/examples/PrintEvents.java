import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints what happens to connectors, a line an event, from the beginning. It needs Kafka's client, Confluent's deserializer and
 * no class of Signalbox, so that it also prints events of a type that did not exist when it was compiled.
 */
public final class PrintEvents {

    /** Arguments: the brokers, the registry's URL, the topic. */
    public static void main(String[] args) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", args[0],
                "schema.registry.url", args[1],
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", KafkaAvroDeserializer.class,
                // Without it, what is later rolled back would be printed, too.
                "isolation.level", "read_committed",
                "group.id", "print-events",
                "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<String, GenericRecord>(settings)) {
            consumer.subscribe(List.of(args[2]));
            while (true) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    System.out.println(event.key() + " " + event.value().getSchema().getName() + " " + event.value());
                }
            }
        }
    }
}
