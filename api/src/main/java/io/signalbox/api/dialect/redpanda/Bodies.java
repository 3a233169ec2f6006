package io.signalbox.api.dialect.redpanda;

import io.signalbox.api.http.Json;

/**
 * How bodies look: as Redpanda's published documents have them, or as its open-source Console answers, which wraps what {@code v1} answers
 * in an object with one field and leaves the host out of the types of details.
 */
public enum Bodies {
    DOCUMENTED("type.googleapis.com/"),
    CONSOLE("");

    private final String typePrefix;

    Bodies(String typePrefix) {
        this.typePrefix = typePrefix;
    }

    /** @return the {@code @type} of a detail */
    String type(String message) {
        return typePrefix + message;
    }

    /** @param field the one field of the object around it, where there is one */
    Json.Writer wrapped(Version version, String field, Json.Writer body) {
        if (this == DOCUMENTED || version != Version.V1) {
            return body;
        }
        return json -> {
            json.writeStartObject();
            json.writeFieldName(field);
            body.write(json);
            json.writeEndObject();
        };
    }
}
