package io.signalbox.api.pipeline.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a source told of its copies since the last sweep: Debezium's notifications of initial snapshots
 * ({@code InitialSnapshotNotificationService}), in the order of their topic. Not safe for use by many threads.
 */
final class CopyStory {

    /** Of the notification that a sweep leaves behind. */
    static final String SWEEP = "Signalbox Sweep";

    private static final long UNKNOWN = -1;
    private static final String SNAPSHOT = "Initial Snapshot";

    private final Map<String, Long> rows = new TreeMap<>();
    private int begun;
    private boolean open;
    private String forgotten;
    private long latest = Long.MIN_VALUE;

    /** @param told the notification itself */
    void add(JsonNode told) {
        switch (told.path("aggregate_type").asText()) {
            case SNAPSHOT -> snapshot(told.path("type").asText(), told);
            case SWEEP -> swept();
            default -> {
                return;
            }
        }
        latest = Math.max(latest, told.path("timestamp").asLong(Long.MIN_VALUE));
    }

    private void snapshot(String type, JsonNode told) {
        var about = told.path("additional_data");
        switch (type) {
            case "STARTED" -> {
                begun++;
                open = true;
                forgotten = null;
            }
            case "IN_PROGRESS" ->
                rows.remove(about.path("current_collection_in_progress").asText());
            case "TABLE_SCAN_COMPLETED" -> {
                if (about.path("status").asText().equals("SUCCEEDED")) {
                    rows.put(
                            about.path("scanned_collection").asText(),
                            about.path("total_rows_scanned").asLong(UNKNOWN));
                }
            }
            case "COMPLETED" -> {
                open = false;
                forgotten = null;
            }
            case "SKIPPED" -> forgotten = open ? told.path("id").asText() : null;
            default -> {
                // One that was aborted is begun anew.
            }
        }
    }

    private void swept() {
        begun = Math.min(begun, 1);
        rows.clear();
    }

    /** Whether a copy was begun after another one, and has ended. */
    boolean due() {
        return begun > 1 && !open;
    }

    /**
     * By which notification the source told that it has nothing to copy, although a copy that it had begun never ended; null for none.
     * What a source tells is a record with an offset, too: that of the first word says nothing of a copy, and when it is committed
     * before a row is, Debezium takes it for the offset of a source that has copied ({@code PostgresSnapshotChangeEventSource}).
     */
    String forgotten() {
        return forgotten;
    }

    /** The tables whose last copy came to its end, as {@code schema.table}. */
    Set<String> tables() {
        return rows.keySet();
    }

    /** Whether the last copy of that table found no row. */
    boolean foundNone(String table) {
        return rows.getOrDefault(table, UNKNOWN) == 0;
    }

    /** When the last thing was told, in milliseconds by the clock of whoever told it; {@link Long#MIN_VALUE} for nothing. */
    long latest() {
        return latest;
    }
}
