package io.signalbox.api.command;

import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.topology.CommandPace;
import io.signalbox.processor.topology.OpenPartition;
import io.signalbox.processor.topology.OpenPartitions;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
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
    private final ToIntFunction<String> partitions;

    /**
     * @param settled whether no partition is known to be on its way to another replica, which would have nothing of the command yet
     * @param partitions where the commands with a key go
     */
    public EarlyAnswers(OpenPartitions open, BooleanSupplier settled, ToIntFunction<String> partitions) {
        this.open = open;
        this.settled = settled;
        this.partitions = partitions;
    }

    /** For a caller who may have to wait for the processor. */
    CommandPace.Hurry hurry() {
        return open.pace().hurry();
    }

    /** While the command is on its way: looks for what {@link #of} will want to know. */
    void prepare(CommandEnvelope envelope) {
        if (envelope.key() instanceof ConnectorKey) {
            var key = envelope.key().toString();
            open.find(partitions.applyAsInt(key)).ifPresent(partition -> prepare(partition, key));
        }
    }

    private static void prepare(OpenPartition partition, String key) {
        try {
            partition.stored(key);
        } catch (InvalidStateStoreException closed) {
            LOG.debug("partition left meanwhile", closed);
        } catch (RuntimeException e) {
            // The command is on its way, and the processor has the last word.
            LOG.warn("connector={} action=foresee result=failed", key, e);
        }
    }

    /**
     * To be told of each command in the order of the log. Cheap.
     *
     * @param hurry of the caller, who waits for the processor from now on if this replica's is the one and it is not worth it
     * @return whether it is worth asking {@link #of}
     */
    boolean mayKnow(CommandEnvelope envelope, RecordMetadata written, CommandPace.Hurry hurry) {
        boolean known = sent(envelope, written) && written.hasTimestamp() && settled.getAsBoolean();
        if (!known && open.find(written.partition()).isPresent()) {
            hurry.begin();
        }
        return known;
    }

    /**
     * As {@link #mayKnow}, of what nobody waits for: what follows on it may be known.
     *
     * @return whether all that is before it is known here
     */
    boolean sent(CommandEnvelope envelope, RecordMetadata written) {
        return written.hasOffset()
                && open.find(written.partition())
                        .filter(own -> own.sent(envelope, written.offset()))
                        .isPresent();
    }

    /**
     * @param newId whether its id was never given to a command before
     * @param hurry of the caller, who waits for the processor from now on if it is not known
     * @return empty where the processor has to be waited for
     */
    Optional<CommandOutcome> of(
            CommandEnvelope envelope, RecordMetadata written, boolean newId, CommandPace.Hurry hurry) {
        var outcome = foreseen(envelope, written, newId);
        if (outcome.isEmpty()) {
            hurry.begin();
        }
        return outcome;
    }

    /** A caller of another replica was answered by this one's processor. */
    void othersWait() {
        open.pace().hurryForOthers();
    }

    private Optional<CommandOutcome> foreseen(CommandEnvelope envelope, RecordMetadata written, boolean newId) {
        try {
            return open.find(written.partition())
                    .flatMap(partition -> partition.foresee(envelope, written.offset(), written.timestamp(), newId))
                    .filter(outcome -> settled.getAsBoolean());
        } catch (RuntimeException e) {
            // It is in the log, and the processor has the last word.
            LOG.warn("command={} action=foresee result=failed", envelope.id(), e);
            return Optional.empty();
        }
    }
}
