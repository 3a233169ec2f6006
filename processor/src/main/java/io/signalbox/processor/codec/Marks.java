package io.signalbox.processor.codec;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.schemas.CloudEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/** The headers that every record of ours carries. */
final class Marks {

    private Marks() {}

    static void common(Headers headers, String id, String type, AggregateKey subject) {
        headers.add(CloudEvent.CONTENT_TYPE, CloudEvent.AVRO.getBytes(StandardCharsets.UTF_8));
        CloudEvent.SPECVERSION.write(headers, "1.0");
        CloudEvent.ID.write(headers, id);
        CloudEvent.TYPE.write(headers, type);
        CloudEvent.SOURCE.write(headers, "/signalbox/" + subject.environment());
        CloudEvent.SUBJECT.write(headers, subject.toString());
    }
}
