package io.signalbox.processor.dataplane.feed;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Topics of a cluster that may be read, and the Kafka that has them. Who asks for a client closes it.
 *
 * @param guessed nobody said that they are this cluster's
 * @param consumer makes one that keeps the values of the named topic only, without a group, {@code read_committed}, which creates no
 *     topics and fails where its position is gone
 */
public record FeedSource(
        FeedTopics topics,
        boolean guessed,
        Function<String, Consumer<String, byte[]>> consumer,
        Supplier<Admin> admin) {}
