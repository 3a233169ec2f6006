package io.signalbox.api.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Refusal;

/** What a worker demands of a sink connector's offsets, in its order and its words (KIP-875). */
public final class SinkOffsets {

    private SinkOffsets() {}

    /** @throws Refusal 400 for the first mistake */
    public static void check(JsonNode offsets) {
        offsets.forEach(entry -> {
            partition(entry.path("partition"));
            offset(entry.path("offset"));
        });
    }

    private static void partition(JsonNode partition) {
        if (absent(partition)) {
            throw Refusal.bad("The partition for a sink connector offset cannot be null or missing");
        }
        if (!partition.has("kafka_topic") || !partition.has("kafka_partition")) {
            throw Refusal.bad(
                    "The partition for a sink connector offset must contain the keys 'kafka_topic' and 'kafka_partition'");
        }
        if (partition.get("kafka_topic").isNull()) {
            throw Refusal.bad("Kafka topic names must be valid strings and may not be null");
        }
        JsonNode number = partition.get("kafka_partition");
        if (number.isNull()) {
            throw Refusal.bad("Kafka partitions must be valid numbers and may not be null");
        }
        try {
            Integer.parseInt(number.asText());
        } catch (NumberFormatException e) {
            throw noInteger("partition", "Partition", number);
        }
    }

    private static void offset(JsonNode offset) {
        if (absent(offset)) {
            return;
        }
        if (!offset.has("kafka_offset")) {
            throw Refusal.bad(
                    "The offset for a sink connector should either be null or contain the key 'kafka_offset'");
        }
        JsonNode number = offset.get("kafka_offset");
        try {
            Long.parseLong(number.asText());
        } catch (NumberFormatException e) {
            throw noInteger("offset", "Offset", number);
        }
    }

    private static Refusal noInteger(String what, String capital, JsonNode value) {
        return Refusal.bad("Failed to parse the following Kafka " + what + " value in the provided offsets: '"
                + value.asText() + "'. " + capital + " values for sink connectors need to be integers.");
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
