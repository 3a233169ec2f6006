package io.signalbox.processor.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A record that could not be understood: bytes and headers as found, where it stood and why in headers of its own. */
public final class DeadLetter {

    public static final String TOPIC = "dl_topic";
    public static final String PARTITION = "dl_partition";
    public static final String OFFSET = "dl_offset";
    public static final String REASON = "dl_reason";

    private DeadLetter() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> found, RecordMetadata at, String reason) {
        Headers headers = new RecordHeaders(found.headers());
        add(headers, TOPIC, at.topic());
        add(headers, PARTITION, Integer.toString(at.partition()));
        add(headers, OFFSET, Long.toString(at.offset()));
        add(headers, REASON, reason);
        return new Record<>(found.key(), found.value(), found.timestamp(), headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
