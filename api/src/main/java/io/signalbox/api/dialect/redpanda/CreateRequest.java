package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The body of a creation, a {@code ConnectorSpec}. What else it holds is left out, tasks and type among it. */
record CreateRequest(String name, Map<String, String> config) {

    private static final String REQUIRED = "value is required";

    /** @throws Refusal 400 with everything that is missing */
    static CreateRequest read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("The body must be an object with name and config");
        }
        String name = "";
        Map<String, String> config = Map.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = Strings.text(json, field);
                case "config" -> config = Strings.map(json, field);
                default -> json.skipChildren();
            }
        }
        return new CreateRequest(name, config).whole();
    }

    private CreateRequest whole() {
        List<Violation> missing = new ArrayList<>();
        if (name.isEmpty()) {
            missing.add(new Violation("connector.name", REQUIRED));
        }
        if (config.isEmpty()) {
            missing.add(new Violation("connector.config", REQUIRED));
        }
        if (!missing.isEmpty()) {
            throw Words.invalid(missing);
        }
        return this;
    }
}
