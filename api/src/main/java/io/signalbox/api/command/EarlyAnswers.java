package io.signalbox.api.command;

import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.topology.OpenPartitions;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers callers whose command is in the log, and whose turn is next in a partition that this replica owns, without waiting until the
 * processor has it back from the broker. The log has fixed what it will say.
 */
public final class EarlyAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(EarlyAnswers.class);

    private final OpenPartitions open;
    private final BooleanSupplier settled;

    /** @param settled whether no partition is known to be on its way to another replica, which would have nothing of the command yet */
    public EarlyAnswers(OpenPartitions open, BooleanSupplier settled) {
        this.open = open;
        this.settled = settled;
    }

    /** Whether it is worth asking {@link #of} now. Cheap. */
    boolean mayKnow(RecordMetadata written) {
        return settled.getAsBoolean()
                && written.hasOffset()
                && written.hasTimestamp()
                && open.find(written.partition())
                        .filter(partition -> partition.isNext(written.offset()))
                        .isPresent();
    }

    /** @return empty where the processor has to be waited for */
    Optional<CommandOutcome> of(CommandEnvelope envelope, RecordMetadata written) {
        try {
            return open.find(written.partition())
                    .flatMap(partition -> partition.foresee(envelope, written.offset(), written.timestamp()))
                    .filter(outcome -> settled.getAsBoolean());
        } catch (RuntimeException e) {
            // It is in the log, and the processor has the last word.
            LOG.warn("command={} action=foresee result=failed", envelope.id(), e);
            return Optional.empty();
        }
    }
}
