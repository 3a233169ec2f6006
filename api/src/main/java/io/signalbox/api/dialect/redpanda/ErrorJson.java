package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Violation;
import java.io.IOException;
import java.util.List;

/** {@code google.rpc.Status} in JSON: code, message, and details, of which there may be none. */
final class ErrorJson {

    private static final String DOMAIN = "redpanda.com/dataplane";

    private final Bodies bodies;

    ErrorJson(Bodies bodies) {
        this.bodies = bodies;
    }

    void write(JsonGenerator json, Failure failure) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", Code.of(failure.status()).name());
        json.writeStringField("message", failure.message());
        json.writeArrayFieldStart("details");
        String reason = reason(failure);
        if (reason != null) {
            json.writeStartObject();
            json.writeStringField("@type", bodies.type("google.rpc.ErrorInfo"));
            json.writeStringField("reason", reason);
            json.writeStringField("domain", DOMAIN);
            json.writeObjectFieldStart("metadata");
            json.writeEndObject();
            json.writeEndObject();
        }
        if (!failure.violations().isEmpty()) {
            violations(json, failure.violations());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void violations(JsonGenerator json, List<Violation> violations) throws IOException {
        json.writeStartObject();
        json.writeStringField("@type", bodies.type("google.rpc.BadRequest"));
        json.writeArrayFieldStart("field_violations");
        for (Violation violation : violations) {
            json.writeStartObject();
            json.writeStringField("field", violation.field());
            json.writeStringField("description", violation.description());
            json.writeStringField("reason", "");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** @return null where the request came to no operation, which has no details */
    private static String reason(Failure failure) {
        return switch (failure.status()) {
            case 401 -> "REASON_NO_TOKEN";
            case 403 -> "REASON_PERMISSION_DENIED";
            case 501 -> null;
            case 404 -> failure.message().equals(Words.NO_SUCH_PATH) ? null : "REASON_KAFKA_CONNECT_API_ERROR";
            case 400 -> failure.violations().isEmpty() ? "REASON_KAFKA_CONNECT_API_ERROR" : "REASON_INVALID_INPUT";
            case 409, 412, 503 -> "REASON_KAFKA_CONNECT_API_ERROR";
            default -> "REASON_CONSOLE_ERROR";
        };
    }
}
