package io.signalbox.api.pipeline;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** What Kafka's admin client answers, in bounded time. */
final class AdminAnswers {

    private AdminAnswers() {}

    /** @throws KafkaException when it fails, or does not answer in time */
    static <T> T get(KafkaFuture<T> future, Duration patience) {
        return get(future, patience, null);
    }

    /**
     * @param none a failure that says that there is nothing
     * @return null when it fails so
     * @throws KafkaException when it fails otherwise, or does not answer in time
     */
    static <T> T get(KafkaFuture<T> future, Duration patience, Class<? extends Exception> none) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (none != null && none.isInstance(e.getCause())) {
                return null;
            }
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer in " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
