package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.api.http.Refusal;
import java.io.IOException;

/** What a restart includes. Both are false where the request has no body. */
record RestartRequest(boolean includeTasks, boolean onlyFailed) {

    static final RestartRequest EMPTY = new RestartRequest(false, false);

    static RestartRequest read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("The body must be an object with include_tasks and only_failed");
        }
        boolean includeTasks = false;
        boolean onlyFailed = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "include_tasks", "includeTasks" -> includeTasks = flag(json, field);
                case "only_failed", "onlyFailed" -> onlyFailed = flag(json, field);
                default -> json.skipChildren();
            }
        }
        return new RestartRequest(includeTasks, onlyFailed);
    }

    private static boolean flag(JsonParser json, String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw Refusal.bad("The value of '" + field + "' must be true or false");
        };
    }
}
