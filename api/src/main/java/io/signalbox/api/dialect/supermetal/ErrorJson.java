package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.http.Failure;
import java.io.IOException;

/** {@code {"error": {"code", "message", "path"}}}: the vendor's clients show whatever comes. */
final class ErrorJson {

    private ErrorJson() {}

    static void write(JsonGenerator json, Failure failure) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("error");
        json.writeStringField("code", code(failure.status()));
        json.writeStringField("message", failure.message());
        if (failure.violations().isEmpty()) {
            json.writeNullField("path");
        } else {
            json.writeStringField("path", failure.violations().getFirst().field());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 409 -> "conflict";
            case 412 -> "precondition_failed";
            case 422 -> "not_runnable";
            case 429 -> "too_many_requests";
            case 503 -> "unavailable";
            case 504 -> "unknown";
            default -> status < 500 ? "bad_request" : "internal";
        };
    }
}
