package io.signalbox.api.command;

import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.dataplane.CommandSink;
import io.signalbox.processor.dataplane.pipeline.PipelineSink;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.SecretId;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** The drivers' and conductors' way to the log: a report is a command like any other. */
public final class KafkaReports implements CommandSink, PipelineSink {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final Codecs codecs;
    private final Supplier<String> ids;
    private final String actor;
    private final EarlyAnswers early;

    /**
     * @param producer that of the gateway, which is told of everything that leaves through it in its order
     * @param actor names the replica whose part reports
     * @param early may know what becomes of the commands that follow on a report
     */
    public KafkaReports(
            Producer<byte[], byte[]> producer, Codecs codecs, Supplier<String> ids, String actor, EarlyAnswers early) {
        this.producer = producer;
        this.codecs = codecs;
        this.ids = ids;
        this.actor = actor;
        this.early = early;
    }

    /** @throws KafkaException when it is not certain that the report reached the log */
    @Override
    public void report(ConnectorKey key, Command.Observation report) {
        send(key, report);
    }

    /** @throws KafkaException as above */
    @Override
    public void report(PipelineKey key, Command.PipelineReport report) {
        send(key, report);
    }

    /** What became of a stored secret; throws as {@link #report(ConnectorKey, Command.Observation)}. */
    public void resealed(SecretId id, Command.ReportSecretResealed report) {
        send(id, report);
    }

    private void send(AggregateKey key, Command report) {
        var envelope = new CommandEnvelope(ids.get(), key, actor, report);
        try {
            producer.send(codecs.commands().encode(envelope), (written, failure) -> {
                        // A failure is thrown below.
                        if (failure == null) {
                            early.sent(envelope, written);
                        }
                    })
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("A report did not reach the log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reporting", e);
        }
    }
}
