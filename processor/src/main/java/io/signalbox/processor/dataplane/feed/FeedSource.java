package io.signalbox.processor.dataplane.feed;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Topics of a cluster that may be read.
 *
 * @param guessed nobody said that they are this cluster's
 * @param consumer makes one without a group, {@code read_committed}, which creates no topics and fails where its position is gone; it
 *     belongs to who asked for it
 */
public record FeedSource(FeedTopics topics, boolean guessed, Supplier<Consumer<String, byte[]>> consumer) {}
