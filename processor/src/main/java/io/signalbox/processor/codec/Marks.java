package io.signalbox.processor.codec;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Origin;
import io.signalbox.schemas.CloudEvent;
import io.signalbox.schemas.UndecodableException;
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
        String space = subject.environment() == null ? "" : "/" + subject.environment();
        CloudEvent.SOURCE.write(headers, "/signalbox" + space);
        CloudEvent.SUBJECT.write(headers, subject.toString());
    }

    /** What was not said has no header. */
    static void origin(Headers headers, Origin origin) {
        write(CloudEvent.DIALECT, headers, origin.dialect());
        write(CloudEvent.FROM, headers, origin.from());
        write(CloudEvent.REASON, headers, origin.reason());
    }

    /** @throws UndecodableException when it is not a legal one */
    static Origin origin(Headers headers) {
        try {
            return new Origin(
                    CloudEvent.DIALECT.read(headers), CloudEvent.FROM.read(headers), CloudEvent.REASON.read(headers));
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(e.getMessage(), e);
        }
    }

    private static void write(CloudEvent attribute, Headers headers, String value) {
        if (value != null) {
            attribute.write(headers, value);
        }
    }
}
