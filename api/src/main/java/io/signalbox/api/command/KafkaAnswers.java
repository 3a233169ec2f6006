package io.signalbox.api.command;

import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.topology.Answers;
import io.signalbox.schemas.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers who waits on this replica at once, and everybody else over the outcome topic, outside of any transaction. An answer to
 * a command that this replica sent itself is not written there: nobody else waits for it, and whoever asks again elsewhere does so with a
 * command of his own.
 */
final class KafkaAnswers implements Answers {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAnswers.class);

    private final Producer<byte[], byte[]> producer;
    private final Codecs codecs;
    private final OutcomeWaiters waiters;
    private final String self;
    private final EarlyAnswers early;

    /** @param self what the commands of this replica say to whom to reply */
    KafkaAnswers(
            Producer<byte[], byte[]> producer, Codecs codecs, OutcomeWaiters waiters, String self, EarlyAnswers early) {
        this.producer = producer;
        this.codecs = codecs;
        this.waiters = waiters;
        this.self = self;
        this.early = early;
    }

    @Override
    public void answer(CommandOutcome outcome, String replyTo) {
        waiters.complete(outcome);
        if (!self.equals(replyTo)) {
            publish(outcome);
            if (replyTo != null) {
                early.othersWait();
            }
        }
    }

    private void publish(CommandOutcome outcome) {
        try {
            var topic = codecs.topics().outcomes();
            byte[] key = outcome.commandId().getBytes(StandardCharsets.UTF_8);
            byte[] value = codecs.outcomes().serializer().serialize(topic, outcome);
            producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
                if (failure != null) {
                    lost(outcome, failure);
                }
            });
        } catch (KafkaException | RegistryUnavailableException e) {
            lost(outcome, e);
        }
    }

    /** Whoever waits on another replica is told that the outcome is unknown, and asks again. */
    private static void lost(CommandOutcome outcome, Exception failure) {
        LOG.warn("command={} action=answer result=lost reason=\"{}\"", outcome.commandId(), failure.getMessage());
    }
}
