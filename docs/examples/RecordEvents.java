import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Writes every event into a file, once, however often it is killed. The trick is to keep the position with the results: each
 * line begins with the partition and the offset that it comes from, so that the file itself says where to go on. A database
 * does as well: write results and offsets in one transaction.
 */
public final class RecordEvents {

    private final Path file;
    private final Map<Integer, Long> next = new HashMap<>();

    private RecordEvents(Path file) {
        this.file = file;
    }

    /** Arguments: the brokers, the registry's URL, the topic, the file. */
    public static void main(String[] args) throws IOException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", args[0],
                "schema.registry.url", args[1],
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", KafkaAvroDeserializer.class,
                "isolation.level", "read_committed",
                // The position is ours to keep, so that there is no group.
                "enable.auto.commit", false,
                "auto.offset.reset", "earliest");
        var recorder = new RecordEvents(Path.of(args[3]));
        recorder.recover();
        try (var consumer = new KafkaConsumer<String, GenericRecord>(settings)) {
            recorder.follow(consumer, args[2]);
        }
    }

    /** Reads where it was, and drops a line that it had not finished when it was killed. */
    private void recover() throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        byte[] written = Files.readAllBytes(file);
        int whole = 0;
        for (int i = 0; i < written.length; i++) {
            if (written[i] == '\n') {
                String[] parts = new String(written, whole, i - whole, StandardCharsets.UTF_8).split(" ", 3);
                next.put(Integer.valueOf(parts[0]), Long.parseLong(parts[1]) + 1);
                whole = i + 1;
            }
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
    }

    private void follow(KafkaConsumer<String, GenericRecord> consumer, String topic) throws IOException {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            consumer.seek(partition, next.getOrDefault(partition.partition(), 0L));
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            while (true) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    ByteBuffer line = ByteBuffer.wrap(line(event).getBytes(StandardCharsets.UTF_8));
                    while (line.hasRemaining()) {
                        channel.write(line);
                    }
                }
            }
        }
    }

    private static String line(ConsumerRecord<String, GenericRecord> event) {
        return event.partition() + " " + event.offset() + " " + header(event, "ce_id") + " "
                + header(event, "ce_revision") + " " + event.value().getSchema().getName() + " " + event.key() + "\n";
    }

    private static String header(ConsumerRecord<?, ?> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
