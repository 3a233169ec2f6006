package io.signalbox.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of an answer matters to a client, with the names of its side taken out.
 *
 * @param type the media type without parameters; null for none
 * @param allow the methods of the Allow header; null when there is none
 * @param length the Content-Length of an answer without a body; null for none, and where there is a body
 * @param text the body
 * @param body missing when there is none or it is no JSON
 */
record Seen(int status, String type, String location, Set<String> allow, String length, String text, JsonNode body) {

    static Seen of(Twins.Side side, Api.Answer answer) {
        String text = side.neutral(answer.text());
        String type = answer.header("Content-Type");
        String location = answer.header("Location");
        return new Seen(
                answer.status(),
                type == null ? null : type.replaceFirst(";.*", "").strip(),
                location == null ? null : side.neutral(location),
                words(answer.header("Allow")),
                text.isEmpty() && !answer.whole().request().method().equals("HEAD")
                        ? answer.header("Content-Length")
                        : null,
                text,
                Api.parsed(text));
    }

    /** Whether it says no more than that it cannot just now, because its cluster is rebalancing, or met the restart before it. */
    boolean momentary() {
        String message = body.path("message").asText();
        JsonNode connector = body.path("connector");
        if (connector.path("state").asText().equals("RESTARTING")
                && connector.path("version").isNull()) {
            return true;
        }
        return status == 500 && message.equals("Request cannot be completed because a rebalance is expected")
                || status == 409
                        && (message.startsWith("Cannot complete request momentarily")
                                || message.startsWith("Cannot complete request because of a conflicting operation"));
    }

    boolean error() {
        return body.has("error_code");
    }

    String message() {
        return body.path("message").asText(null);
    }

    @Override
    public String toString() {
        return status + " " + type + (location == null ? "" : " Location " + location)
                + (allow == null ? "" : " Allow " + allow) + (length == null ? "" : " Length " + length) + " " + text;
    }

    /** @return null for null */
    static Set<String> words(String list) {
        return list == null ? null : new TreeSet<>(Arrays.asList(list.split("\\s*,\\s*")));
    }
}
