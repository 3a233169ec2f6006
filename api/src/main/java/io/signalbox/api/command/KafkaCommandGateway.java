package io.signalbox.api.command;

import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.topology.Answers;
import io.signalbox.processor.topology.CommandPace;
import io.signalbox.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;

/** The gateway on Kafka: appends with {@code acks=all}, and is woken by this replica's processor, by the outcome topic, or where the outcome is foreseen. */
public final class KafkaCommandGateway implements CommandGateway, AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final Codecs codecs;
    private final Duration deadline;
    private final EarlyAnswers early;

    /** Of this process alone: the one that is started after it knows nothing of who waits here. */
    private final String self = UUID.randomUUID().toString();

    private final OutcomeWaiters waiters = new OutcomeWaiters();
    private final OutcomeListener listener;

    /**
     * @param producer with {@code acks=all}; stays the caller's
     * @param outcomes a consumer without a group, reading uncommitted; owned from now on
     * @param deadline how long a caller waits before the outcome is called unknown
     * @param early may know the outcome as soon as the command is in the log
     */
    public KafkaCommandGateway(
            Producer<byte[], byte[]> producer,
            Consumer<byte[], byte[]> outcomes,
            Codecs codecs,
            Duration deadline,
            EarlyAnswers early) {
        this.producer = producer;
        this.codecs = codecs;
        this.deadline = deadline;
        this.early = early;
        this.listener = new OutcomeListener(outcomes, codecs, waiters);
    }

    /** Where the processor of this replica hands its outcomes over. */
    public Answers answers() {
        return new KafkaAnswers(producer, codecs, waiters, self, early);
    }

    public void start() {
        listener.start();
    }

    public boolean ready() {
        return listener.ready();
    }

    @Override
    public CommandOutcome submit(CommandEnvelope envelope) {
        return submit(envelope, false);
    }

    @Override
    public CommandOutcome submitNew(CommandEnvelope envelope) {
        return submit(envelope, true);
    }

    private CommandOutcome submit(CommandEnvelope envelope, boolean newId) {
        var waiter = waiters.await(envelope.id(), envelope.key());
        try (var hurry = early.hurry()) {
            return answered(envelope, waiter, newId, hurry);
        } finally {
            waiters.leave(envelope.id(), waiter);
        }
    }

    @Override
    public CommandOutcome submitAndAwait(CommandEnvelope envelope, Duration patience) {
        var waiter = waiters.await(envelope.id(), envelope.key());
        try (var hurry = early.hurry()) {
            var answered = answered(envelope, waiter, false, hurry);
            if (answered.stage() != Stage.ACCEPTED) {
                return answered;
            }
            // The data plane hears of it from the processor, and so do we of what it reports.
            hurry.begin();
            try {
                return get(waiter.finished(), patience, envelope.id());
            } catch (OutcomeUnknownException stillUnderWay) {
                return answered;
            }
        } finally {
            waiters.leave(envelope.id(), waiter);
        }
    }

    /** From the processor, or foreseen: whichever comes first, they say the same. */
    private CommandOutcome answered(
            CommandEnvelope envelope, OutcomeWaiters.Waiter waiter, boolean newId, CommandPace.Hurry hurry) {
        var place = new CompletableFuture<RecordMetadata>();
        // Woken once, by what comes first.
        waiter.answered().whenComplete((outcome, failure) -> place.complete(null));
        send(envelope, waiter, place, hurry);
        long begin = System.nanoTime();
        early.prepare(envelope);
        var written = get(place, deadline, envelope.id());
        if (written != null && !waiter.answered().isDone()) {
            early.of(envelope, written, newId, hurry).ifPresent(waiter.answered()::complete);
        }
        return get(waiter.answered(), deadline.minusNanos(System.nanoTime() - begin), envelope.id());
    }

    /** @param place completes where the answer may be known as soon as the command is in the log */
    private void send(
            CommandEnvelope envelope,
            OutcomeWaiters.Waiter waiter,
            CompletableFuture<RecordMetadata> place,
            CommandPace.Hurry hurry) {
        if (!listener.ready()) {
            throw new CommandNotSentException("Signalbox is starting: its outcome topic is not followed yet", null);
        }
        ProducerRecord<byte[], byte[]> record;
        try {
            record = codecs.commands().encode(envelope, self);
        } catch (RegistryUnavailableException e) {
            throw new CommandNotSentException("The schema registry is away: nothing was changed", e);
        }
        try {
            producer.send(record, (written, failure) -> {
                if (failure != null) {
                    waiter.answered().completeExceptionally(failure);
                } else if (early.mayKnow(envelope, written, hurry)) {
                    place.complete(written);
                }
            });
        } catch (KafkaException e) {
            throw new CommandNotSentException("Kafka did not take the command: nothing was changed", e);
        }
    }

    private static <T> T get(CompletableFuture<T> future, Duration patience, String commandId) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new OutcomeUnknownException(commandId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(commandId);
        } catch (ExecutionException e) {
            // A retriable failure may have lost the acknowledgement only; any other is a refusal by the broker.
            if (e.getCause() instanceof ApiException && !(e.getCause() instanceof RetriableException)) {
                throw new CommandNotSentException("Kafka refused the command: nothing was changed", e.getCause());
            }
            throw new OutcomeUnknownException(commandId);
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
