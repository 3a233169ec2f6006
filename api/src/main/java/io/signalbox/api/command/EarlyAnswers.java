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
 * Answers callers whose command is in the log, in a partition that this replica owns and where it knows all that is before it, without
 * waiting until the processor has it back from the broker. The log has fixed what it will say. Where callers have to wait, the processor is made to hurry.
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

    /**
     * To be told of each command in the order of the log. Cheap.
     *
     * @return whether it is worth asking {@link #of}
     */
    boolean mayKnow(CommandEnvelope envelope, RecordMetadata written) {
        if (!written.hasOffset() || !written.hasTimestamp()) {
            return false;
        }
        var partition = open.find(written.partition());
        boolean known = settled.getAsBoolean()
                && partition.filter(own -> own.sent(envelope, written.offset())).isPresent();
        if (!known && partition.isPresent()) {
            open.pace().hurry();
        }
        return known;
    }

    /** @return empty where the processor has to be waited for */
    Optional<CommandOutcome> of(CommandEnvelope envelope, RecordMetadata written) {
        var outcome = foreseen(envelope, written);
        if (outcome.isEmpty()) {
            open.pace().hurry();
        }
        return outcome;
    }

    /** A caller of another replica was answered by this one's processor. */
    void othersWait() {
        open.pace().hurryForOthers();
    }

    private Optional<CommandOutcome> foreseen(CommandEnvelope envelope, RecordMetadata written) {
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
