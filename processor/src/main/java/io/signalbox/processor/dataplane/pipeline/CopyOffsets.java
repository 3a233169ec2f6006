package io.signalbox.processor.dataplane.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.processor.dataplane.systems.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The offsets of a Debezium source in which the copy of a table is under way. That is where Debezium keeps an incremental snapshot
 * ({@code AbstractIncrementalSnapshotContext}, the same since 2.7), so that it goes on with it when it begins, whether it was broken
 * off or put there.
 */
final class CopyOffsets {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SNAPSHOT = "incremental_snapshot_";
    private static final String TABLES = SNAPSHOT + "collections";
    private static final String COPY = SNAPSHOT + "correlation_id";
    private static final List<String> POSITION = List.of(SNAPSHOT + "primary_key", SNAPSHOT + "maximum_key");

    /** Debezium writes names there as they are, and reads them as SQL: with others it would not begin again. */
    private static final Pattern PLAIN = Pattern.compile("[^\\s.'\"`\\[\\]\\p{Cntrl}]+");

    private CopyOffsets() {}

    /** Whether a table of that name can stand in them. */
    static boolean canHave(TableName table) {
        return PLAIN.matcher(table.schema()).matches()
                && PLAIN.matcher(table.table()).matches();
    }

    /** Whether that copy is under way. */
    static boolean have(String offsets, String copy) {
        for (JsonNode each : parsed(offsets)) {
            if (copy.equals(each.path("offset").path(COPY).asText())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a source that began again with them would copy everything once more, because the end of its copy is not in them yet. */
    static boolean open(String offsets) {
        for (JsonNode each : parsed(offsets)) {
            JsonNode completed = each.path("offset").path("snapshot_completed");
            if (completed.isBoolean() && !completed.booleanValue()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The same offsets with a copy that is to begin. What there is of another one is broken off.
     *
     * @param offsets a JSON array of {@code {"partition":…,"offset":…}}
     * @param server the source's {@code topic.prefix}
     * @return what is to be changed; empty when the source has no offsets yet
     */
    static Optional<String> with(String offsets, String server, TableName table, String copy) {
        for (JsonNode each : parsed(offsets)) {
            if (server.equals(each.path("partition").path("server").asText())
                    && each.path("offset") instanceof ObjectNode offset) {
                offset.remove(POSITION);
                offset.put(TABLES, text(List.of(Map.of(TABLES + "_id", table.toString()))));
                offset.put(COPY, copy);
                return Optional.of(text(List.of(each)));
            }
        }
        return Optional.empty();
    }

    private static JsonNode parsed(String offsets) {
        try {
            return JSON.readTree(offsets);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A worker's offsets are JSON", e);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and trees are JSON", e);
        }
    }
}
