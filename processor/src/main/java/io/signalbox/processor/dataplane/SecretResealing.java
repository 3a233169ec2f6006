package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Command.ReportSecretResealed;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.secrets.Sealer;
import io.signalbox.processor.secrets.StoredSecrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals stored secrets anew that are sealed with a key from before the one that seals now. Looks every few seconds: what a
 * replica leaves undone its successor finds. Each revision of a secret is told once: then it is in the log, or nothing of it
 * opens, and nothing will.
 */
public final class SecretResealing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretResealing.class);

    private final StoredSecrets stored;
    private final Sealer sealer;
    private final Predicate<SecretId> mine;
    private final BiConsumer<SecretId, ReportSecretResealed> sink;
    private final Duration every;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signalbox-reseal-secrets").daemon().factory());
    /** Used by its thread alone. */
    private final Map<SecretId, Long> told = new HashMap<>();

    /**
     * @param mine whether it is this replica's to look after; of all replicas there is one for each
     * @param sink where a report goes; throws if it could not be taken over
     * @param every how often to look
     */
    public SecretResealing(
            StoredSecrets stored,
            Sealer sealer,
            Predicate<SecretId> mine,
            BiConsumer<SecretId, ReportSecretResealed> sink,
            Duration every) {
        this.stored = stored;
        this.sealer = sealer;
        this.mine = mine;
        this.sink = sink;
        this.every = every;
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        try {
            if (stored.ready()) {
                stored.list().stream()
                        .filter(sealer::outdated)
                        .filter(secret -> mine.test(secret.key()))
                        .filter(secret -> !told.getOrDefault(secret.key(), 0L).equals(secret.revision()))
                        .forEach(this::reseal);
            }
        } catch (RuntimeException e) {
            // The next look begins anew; an exception would end all of them.
            LOG.warn("reseal result=unreported", e);
        }
    }

    private void reseal(StoredSecret secret) {
        var renewed = sealer.resealed(secret);
        if (renewed.isEmpty()) {
            LOG.warn("reseal secret={} result=failed reason=\"what its old keys sealed does not open\"", secret.key());
        } else {
            sink.accept(
                    secret.key(),
                    new ReportSecretResealed(List.copyOf(renewed.keySet()), List.copyOf(renewed.values())));
            LOG.info("reseal secret={}", secret.key());
        }
        told.put(secret.key(), secret.revision());
    }
}
