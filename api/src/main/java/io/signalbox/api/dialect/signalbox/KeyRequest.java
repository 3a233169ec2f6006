package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.access.Grants;
import io.signalbox.api.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what access key somebody wants. */
record KeyRequest(String name, List<String> grants) {

    private static final Set<String> FIELDS = Set.of("name", "grants");
    private static final int LONGEST_NAME = 255;
    private static final int MOST_GRANTS = 64;

    /** @throws Refusal 400 for each mistake, with what to do about it */
    static KeyRequest read(JsonNode body) {
        SpecReader.requireObject(body, "The body");
        SpecReader.requireOnly(body, FIELDS, "");
        return new KeyRequest(name(body.path("name")), grants(body.path("grants")));
    }

    private static String name(JsonNode node) {
        String name = node.isTextual() ? node.textValue() : "";
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.bad("\"name\" must say what the key is for, in 1 to " + LONGEST_NAME
                    + " characters without control characters");
        }
        return name;
    }

    private static List<String> grants(JsonNode node) {
        if (!node.isArray() || node.isEmpty() || node.size() > MOST_GRANTS) {
            throw Refusal.bad("\"grants\" must be an array of 1 to " + MOST_GRANTS
                    + " roles and where they hold, such as [\"viewer\", \"editor:prod\"]");
        }
        List<String> texts = new ArrayList<>();
        node.forEach(grant -> texts.add(grant.asText()));
        try {
            return Grants.parse(texts).all().stream().map(Object::toString).toList();
        } catch (IllegalArgumentException e) {
            throw Refusal.bad(e.getMessage());
        }
    }
}
