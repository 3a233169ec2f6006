package io.signalbox.api.command;

import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.FollowUp;
import io.signalbox.processor.topology.FollowUps;
import io.signalbox.schemas.RegistryUnavailableException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends follow-ups to the command topic with an ordinary idempotent producer, as if somebody had asked for them. */
public final class KafkaFollowUps implements FollowUps {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFollowUps.class);

    private final Producer<byte[], byte[]> producer;
    private final Codecs codecs;
    private final int partitions;

    /** @param partitions of the command topic */
    public KafkaFollowUps(Producer<byte[], byte[]> producer, Codecs codecs, int partitions) {
        this.producer = producer;
        this.codecs = codecs;
        this.partitions = partitions;
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public void append(FollowUp followUp) {
        try {
            var command = codecs.commands().encode(followUp.envelope());
            var record = new ProducerRecord<>(
                    command.topic(), followUp.partition(), command.key(), command.value(), command.headers());
            producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    lost(followUp, failure);
                }
            });
        } catch (KafkaException | RegistryUnavailableException e) {
            lost(followUp, e);
        }
    }

    /** Whoever needs an answer to it asks again, and it is told again. */
    private static void lost(FollowUp followUp, Exception failure) {
        LOG.warn(
                "command={} type={} action=follow-up result=lost reason=\"{}\"",
                followUp.envelope().id(),
                followUp.envelope().command().getClass().getSimpleName(),
                failure.getMessage());
    }
}
