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

    /** @param actor names the replica whose part reports */
    public KafkaReports(Producer<byte[], byte[]> producer, Codecs codecs, Supplier<String> ids, String actor) {
        this.producer = producer;
        this.codecs = codecs;
        this.ids = ids;
        this.actor = actor;
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
        try {
            producer.send(codecs.commands().encode(new CommandEnvelope(ids.get(), key, actor, report)))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("A report did not reach the log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reporting", e);
        }
    }
}
