package io.signalbox.api.dialect.kafkaconnect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.OffsetsBody;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.StringMap;
import io.signalbox.processor.domain.TargetState;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * The body of {@code POST /connectors} (KIP-980 for the initial state).
 *
 * @param name without the white space around it; empty when there is none
 * @param offsets to begin at, which is Signalbox's own; null when there are none
 */
record CreateRequest(String name, Map<String, String> config, TargetState initialState, JsonNode offsets) {

    static CreateRequest read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("Cannot construct a connector from this body: it must be an object with name and config");
        }
        String name = null;
        Map<String, String> config = null;
        TargetState initial = TargetState.RUNNING;
        JsonNode offsets = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = StringMap.scalar(json, field);
                case "config" -> config = json.currentToken() == JsonToken.VALUE_NULL ? null : StringMap.read(json);
                case "initial_state" -> initial = initialState(StringMap.scalar(json, field));
                case "offsets" -> offsets = OffsetsBody.list(json);
                default ->
                    throw Refusal.bad(
                            "Unrecognized field \"" + field + "\": there are name, config, initial_state and offsets");
            }
        }
        if (config == null) {
            throw Refusal.bad("The request has no \"config\"");
        }
        return new CreateRequest(
                name == null ? "" : name.trim(),
                config,
                initial,
                offsets == null || offsets.isEmpty() ? null : offsets);
    }

    private static TargetState initialState(String text) {
        if (text == null) {
            return TargetState.RUNNING;
        }
        return Arrays.stream(TargetState.values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> Refusal.bad("Unknown initial_state \"" + text + "\": use RUNNING, PAUSED or STOPPED"));
    }
}
