package io.signalbox.processor.codec;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.CloudEvent;
import io.signalbox.schemas.Schemas;
import io.signalbox.schemas.UndecodableException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Events as they stand on the lifecycle topic. */
public final class EventCodec {

    private final RecordTypes types = new RecordTypes(Event.class, Schemas::event);
    private final AvroWire wire;
    private final String topic;

    public EventCodec(AvroWire wire, String topic) {
        this.wire = wire;
        this.topic = topic;
    }

    public byte[] value(Event event) {
        return wire.write(topic, types.toAvro(event));
    }

    public Headers headers(RecordedEvent recorded) {
        var headers = new RecordHeaders();
        var type = Schemas.event(recorded.event().getClass().getSimpleName()).getFullName();
        Marks.common(headers, recorded.id(), type, recorded.key());
        CloudEvent.TIME.write(headers, recorded.at().toString());
        CloudEvent.ACTOR.write(headers, recorded.actor());
        Marks.origin(headers, recorded.origin());
        CloudEvent.COMMANDID.write(headers, recorded.commandId());
        CloudEvent.REVISION.write(headers, Long.toString(recorded.revision()));
        return headers;
    }

    /**
     * @param key the record's key
     * @throws UndecodableException when this is not one of our events; replay has to stop at it
     */
    public RecordedEvent decode(String key, byte[] value, Headers headers) {
        var event = (Event) types.fromAvro(wire.read(topic, value, types.schemas()));
        return new RecordedEvent(
                required(CloudEvent.ID, headers),
                AggregateKey.parse(key),
                Long.parseLong(required(CloudEvent.REVISION, headers)),
                Instant.parse(required(CloudEvent.TIME, headers)),
                required(CloudEvent.COMMANDID, headers),
                required(CloudEvent.ACTOR, headers),
                event,
                Marks.origin(headers));
    }

    /**
     * What an event's record holds, without what may be a secret, whatever type of event it is: names as in its schema, values
     * as in JSON. Long texts are cut at 8,192 characters, long lists and configs at 256 entries.
     *
     * @throws UndecodableException when it is no record in Avro
     * @throws io.signalbox.schemas.RegistryUnavailableException when it may be understood later
     */
    public Map<String, Object> shown(byte[] value) {
        return ShownFields.of(wire.readAsWritten(topic, value));
    }

    private static String required(CloudEvent header, Headers headers) {
        var value = header.read(headers);
        if (value == null) {
            throw new UndecodableException("No " + header.header() + " header");
        }
        return value;
    }
}
