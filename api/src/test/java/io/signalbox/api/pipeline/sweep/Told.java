package io.signalbox.api.pipeline.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.api.http.Json;
import java.util.List;

/** Notifications as Debezium 3.6.0 writes them. */
final class Told {

    private Told() {}

    static String snapshot(String type, String about) {
        return "{\"id\":\"8c1f\",\"aggregate_type\":\"Initial Snapshot\",\"type\":\"" + type
                + "\",\"additional_data\":{\"connector_name\":\"sm.orders\"" + about + "},\"timestamp\":1795000000000}";
    }

    static String begun() {
        return snapshot("STARTED", "");
    }

    static String underWay(String table) {
        return snapshot(
                "IN_PROGRESS",
                ",\"data_collections\":\"" + table + "\",\"current_collection_in_progress\":\"" + table + "\"");
    }

    static String scanned(String table, long rows) {
        return snapshot(
                "TABLE_SCAN_COMPLETED",
                ",\"scanned_collection\":\"" + table + "\",\"data_collections\":\"" + table
                        + "\",\"total_rows_scanned\":\"" + rows + "\",\"status\":\"SUCCEEDED\"");
    }

    static String ended() {
        return snapshot("COMPLETED", "");
    }

    static String swept() {
        return "{\"aggregate_type\":\"Signalbox Sweep\",\"type\":\"COMPLETED\",\"timestamp\":1795000000001}";
    }

    static CopyStory story(List<String> notifications) {
        var story = new CopyStory();
        for (String each : notifications) {
            try {
                story.add(Json.MAPPER.readTree(each));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(each, e);
            }
        }
        return story;
    }

    static CopyStory story(String... notifications) {
        return story(List.of(notifications));
    }
}
