package io.signalbox.api.pipeline.sweep;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Json;
import io.signalbox.processor.domain.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Debezium's change events in JSON ({@code io.debezium.data.Envelope}), with or without schemas, as the converters of a source write them.
 * Of a row only what is needed is looked at: its columns are skipped.
 */
final class Envelope {

    private static final String PAYLOAD = "payload";
    private static final String SOURCE = "source";

    /** Of a record of a snapshot that was not asked for later ({@code io.debezium.connector.SnapshotRecord}). */
    private static final Set<String> COPIED =
            Set.of("true", "first", "first_in_data_collection", "last_in_data_collection", "last");

    private final boolean keySchemas;
    private final boolean valueSchemas;
    private final String prefix;

    /** @param source the config of the source connector */
    Envelope(Config source) {
        keySchemas = Boolean.parseBoolean(source.get("key.converter.schemas.enable"));
        valueSchemas = Boolean.parseBoolean(source.get("value.converter.schemas.enable"));
        prefix = source.get("topic.prefix");
    }

    /**
     * @return null of what is no row of this source, such as a tombstone, a truncation, or what somebody else wrote
     * @throws UncheckedIOException when it is one, with a key that cannot be read
     */
    Row row(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return null;
        }
        Said said = said(record.value());
        if (said == null || !said.mine(prefix)) {
            return null;
        }
        try {
            return said.row(Json.MAPPER.readTree(record.key()), keySchemas);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key at " + record.topic() + "-" + record.partition() + "@" + record.offset() + " is no JSON",
                    e);
        }
    }

    /** @return null of what is no event */
    private Said said(byte[] value) {
        try (JsonParser parser = Json.MAPPER.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || valueSchemas && !to(parser, PAYLOAD)) {
                return null;
            }
            var said = new Said();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "op" -> said.op = parser.getText();
                    case SOURCE -> said.source(parser);
                    default -> parser.skipChildren();
                }
            }
            return said;
        } catch (IOException e) {
            return null;
        }
    }

    /** @return whether the field is there, and an object, in which the parser then is */
    private static boolean to(JsonParser parser, String field) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(field);
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (found) {
                return object;
            }
            parser.skipChildren();
        }
        return false;
    }

    /**
     * The event that says that the row of another one is gone.
     *
     * @param value of an event with a row in it
     * @param at in milliseconds
     * @throws UncheckedIOException when it cannot be read whole
     */
    byte[] deletion(byte[] value, long at) {
        try {
            return deletion(Json.MAPPER.readTree(value), at);
        } catch (IOException e) {
            throw new UncheckedIOException("An event cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] deletion(JsonNode root, long at) throws IOException {
        var event = (ObjectNode) (valueSchemas ? root.path(PAYLOAD) : root);
        event.set("before", event.path("after"));
        event.putNull("after");
        event.put("op", "d");
        if (event.has("ts_ms")) {
            event.put("ts_ms", at);
        }
        ((ObjectNode) event.path(SOURCE)).put("snapshot", "false");
        return Json.MAPPER.writeValueAsBytes(root);
    }

    /** What is needed of an event. */
    private static final class Said {

        private String op = "";
        private String name;
        private String snapshot;
        private String database;
        private String schema;
        private String table;
        private String file = "";
        private long pos;
        private long lsn;
        private long transaction;

        void source(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_NULL || token.isStructStart()) {
                    parser.skipChildren();
                    continue;
                }
                switch (field) {
                    case "name" -> name = parser.getText();
                    case "snapshot" -> snapshot = parser.getText();
                    case "db" -> database = parser.getText();
                    case "schema" -> schema = parser.getText();
                    case "table" -> table = parser.getText();
                    case "file" -> file = parser.getText();
                    case "pos" -> pos = parser.getValueAsLong();
                    case "lsn" -> lsn = parser.getValueAsLong();
                    case "txId" -> transaction = parser.getValueAsLong();
                    default -> {
                        // Not of use here.
                    }
                }
            }
        }

        boolean mine(String prefix) {
            return prefix.equals(name) && table != null && !op.isEmpty();
        }

        Row row(JsonNode key, boolean schemas) {
            String full = (schema == null ? database : schema) + "." + table;
            boolean copied = op.equals("r") && snapshot != null && COPIED.contains(snapshot);
            return new Row(
                    full,
                    RowKey.of(full, key, schemas),
                    op.equals("d"),
                    copied ? new Attempt(file, pos, lsn, transaction) : null);
        }
    }
}
