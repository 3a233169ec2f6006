package io.signalbox.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers that stand beside a record, in CloudEvents' binary mode for Kafka, so that a consumer can route without
 * decoding. Extension attributes: actor, from, reason, dialect, commandid, revision, ifmatch,
 * ifnonematch, replyto.
 */
public enum CloudEvent {
    SPECVERSION,
    ID,
    TYPE,
    SOURCE,
    SUBJECT,
    TIME,
    ACTOR,
    FROM,
    REASON,
    DIALECT,
    COMMANDID,
    REVISION,
    IFMATCH,
    IFNONEMATCH,
    REPLYTO;

    public static final String CONTENT_TYPE = "content-type";
    public static final String AVRO = "application/avro";

    private final String header = "ce_" + name().toLowerCase(java.util.Locale.ROOT);

    /** The header's name, such as {@code ce_id}. */
    public String header() {
        return header;
    }

    public void write(Headers headers, String value) {
        headers.add(header, value.getBytes(StandardCharsets.UTF_8));
    }

    /** @return null when the header is missing */
    public String read(Headers headers) {
        Header found = headers.lastHeader(header);
        return found == null || found.value() == null ? null : new String(found.value(), StandardCharsets.UTF_8);
    }
}
