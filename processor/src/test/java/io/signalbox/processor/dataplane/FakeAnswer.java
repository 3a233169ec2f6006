package io.signalbox.processor.dataplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/**
 * What a fake worker answers.
 *
 * @param applied whether the work is done nevertheless
 * @param hang whether the answer never comes
 * @param headers beside the usual ones
 */
public record FakeAnswer(int status, String body, boolean applied, boolean hang, Map<String, String> headers) {

    public FakeAnswer(int status, String body, boolean applied, boolean hang) {
        this(status, body, applied, hang, Map.of());
    }

    public static FakeAnswer ok(JsonNode body) {
        return new FakeAnswer(200, body.toString(), true, false);
    }

    /** In Kafka Connect's own shape. */
    public static FakeAnswer error(int status, String message) {
        var body =
                JsonNodeFactory.instance.objectNode().put("error_code", status).put("message", message);
        return new FakeAnswer(status, body.toString(), false, false);
    }

    /** An answer that claims failure although the work was done. */
    public static FakeAnswer errorAfterApplying(int status) {
        return new FakeAnswer(status, "{\"error_code\":" + status + ",\"message\":\"Request timed out\"}", true, false);
    }

    public static FakeAnswer never() {
        return new FakeAnswer(0, "", false, true);
    }
}
