package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.HistoryEntry;
import java.io.IOException;

/** An event as a history shows it. */
final class HistoryJson {

    private HistoryJson() {}

    static void write(JsonGenerator json, HistoryEntry entry) throws IOException {
        var after = entry.after();
        json.writeStartObject();
        json.writeNumberField("revision", entry.revision());
        json.writeStringField("event", entry.event());
        json.writeBooleanField("observed", !entry.asked());
        json.writeStringField("at", entry.at().toString());
        json.writeStringField("actor", entry.actor());
        json.writeStringField("from", entry.origin().from());
        json.writeStringField("reason", entry.origin().reason());
        json.writeStringField("dialect", entry.origin().dialect());
        json.writeStringField("command_id", entry.commandId());
        json.writeStringField("summary", entry.summary());
        json.writeStringField("uid", after.uid());
        json.writeStringField("phase", after.phase().name());
        json.writeStringField("target_state", after.targetState().name());
        json.writeNumberField("generation", after.generation());
        json.writeNumberField("config_revision", after.configRevision());
        json.writeEndObject();
    }
}
