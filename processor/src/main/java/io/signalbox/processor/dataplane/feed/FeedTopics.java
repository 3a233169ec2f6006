package io.signalbox.processor.dataplane.feed;

import java.util.regex.Pattern;

/**
 * Where a Kafka Connect cluster keeps what it knows: {@code status.storage.topic}, {@code config.storage.topic} and
 * {@code offset.storage.topic} of its workers.
 *
 * @param status compacted, of any number of partitions
 * @param config read for its keys only; null for none
 * @param offsets of sources, compacted; read when somebody asks and no worker answers; null for none
 */
public record FeedTopics(String status, String config, String offsets) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** @throws IllegalArgumentException for what cannot be the name of a topic */
    public FeedTopics {
        check(status);
        if (config != null) {
            check(config);
        }
        if (offsets != null) {
            check(offsets);
        }
    }

    /**
     * @param text {@code status-topic}, with {@code :config-topic} and {@code :offset-topic} behind it or not
     * @throws IllegalArgumentException if it is none of them; the message says why
     */
    public static FeedTopics parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw new IllegalArgumentException("'" + text + "' is not status-topic:config-topic:offset-topic");
        }
        return new FeedTopics(parts[0].strip(), part(parts, 1), part(parts, 2));
    }

    private static String part(String[] parts, int number) {
        return number < parts.length ? parts[number].strip() : null;
    }

    private static void check(String topic) {
        if (!NAME.matcher(topic).matches()) {
            throw new IllegalArgumentException("'" + topic + "' is not the name of a topic");
        }
    }
}
