package io.signalbox.processor.dataplane.feed;

import java.util.regex.Pattern;

/**
 * Where a Kafka Connect cluster keeps what it knows: {@code status.storage.topic} and {@code config.storage.topic} of its workers.
 *
 * @param status compacted, of any number of partitions
 * @param config read for its keys only; null for none
 */
public record FeedTopics(String status, String config) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** @throws IllegalArgumentException for what cannot be the name of a topic */
    public FeedTopics {
        check(status);
        if (config != null) {
            check(config);
        }
    }

    /**
     * @param text {@code status-topic} or {@code status-topic:config-topic}
     * @throws IllegalArgumentException if it is neither; the message says why
     */
    public static FeedTopics parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("'" + text + "' is neither status-topic nor status-topic:config-topic");
        }
        return new FeedTopics(parts[0].strip(), parts.length == 1 ? null : parts[1].strip());
    }

    private static void check(String topic) {
        if (!NAME.matcher(topic).matches()) {
            throw new IllegalArgumentException("'" + topic + "' is not the name of a topic");
        }
    }
}
