package io.signalbox.api.live;

import io.signalbox.processor.codec.EventCodec;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.schemas.CloudEvent;
import io.signalbox.schemas.UndecodableException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of the lifecycle topic as events of a stream. Headers tell what is needed to choose; the record waits for a reader. */
final class LiveRecords {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRecords.class);

    private final EventCodec codec;

    LiveRecords(EventCodec codec) {
        this.codec = codec;
    }

    /** @return empty for what is no event of ours; it is told in the log and holds up nobody */
    Optional<LiveEvent> event(ConsumerRecord<String, byte[]> record) {
        try {
            int size = (record.value() == null ? 0 : record.value().length)
                    + record.key().length();
            return Optional.of(new LiveEvent(
                    AggregateKey.parse(record.key()),
                    record.partition(),
                    record.offset(),
                    size,
                    marks(record),
                    () -> fields(record)));
        } catch (RuntimeException e) {
            LOG.warn(
                    "stream partition={} offset={} result=skipped reason=\"{}\"",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static LiveEvent.Marks marks(ConsumerRecord<String, byte[]> record) {
        return new LiveEvent.Marks(
                required(CloudEvent.ID, record),
                required(CloudEvent.TYPE, record),
                required(CloudEvent.TIME, record),
                Long.parseLong(required(CloudEvent.REVISION, record)),
                required(CloudEvent.ACTOR, record),
                required(CloudEvent.COMMANDID, record));
    }

    private static String required(CloudEvent header, ConsumerRecord<String, byte[]> record) {
        var value = header.read(record.headers());
        if (value == null) {
            throw new UndecodableException("No " + header.header() + " header");
        }
        return value;
    }

    /** Null for what nobody understands: that it happened is worth telling nevertheless. */
    private Map<String, Object> fields(ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null ? null : codec.shown(record.value());
        } catch (UndecodableException e) {
            LOG.warn(
                    "stream partition={} offset={} result=undecodable reason=\"{}\"",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return null;
        }
    }
}
