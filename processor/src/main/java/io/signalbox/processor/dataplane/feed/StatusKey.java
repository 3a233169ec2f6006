package io.signalbox.processor.dataplane.feed;

import java.util.Optional;

/**
 * What a record of a status topic is about, as Kafka Connect's {@code KafkaStatusBackingStore} names it.
 *
 * @param task null for the connector itself
 */
record StatusKey(String connector, Integer task) {

    private static final String CONNECTOR = "status-connector-";
    private static final String TASK = "status-task-";

    /** @return empty for what is about something else, such as the topics that a connector used */
    static Optional<StatusKey> parse(String key) {
        if (key == null) {
            return Optional.empty();
        }
        if (key.startsWith(CONNECTOR)) {
            return of(key.substring(CONNECTOR.length()), null);
        }
        int number = key.lastIndexOf('-');
        if (!key.startsWith(TASK) || number < TASK.length()) {
            return Optional.empty();
        }
        try {
            return of(key.substring(TASK.length(), number), Integer.parseUnsignedInt(key.substring(number + 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<StatusKey> of(String connector, Integer task) {
        return connector.isEmpty() || task != null && task < 0
                ? Optional.empty()
                : Optional.of(new StatusKey(connector, task));
    }
}
