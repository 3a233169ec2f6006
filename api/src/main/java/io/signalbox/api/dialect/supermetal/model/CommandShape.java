package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.flag;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;

/** The other bodies of requests. */
public final class CommandShape {

    private static final Field COMMAND = required(
            "",
            group(required("command", oneWordOf("Start", "Stop", "Restart", "ReIntialize", "Delete", "ForceDelete"))));

    private static final Field TASK = required(
            "",
            oneOf(optional(
                    "Snapshot",
                    group(
                            required("schema", Parts.word()),
                            required("name", Parts.word()),
                            optional("database", text()),
                            optional("force_parallel", flag()),
                            optional("truncate", flag())))));

    private CommandShape() {}

    /** @throws io.signalbox.api.http.Refusal 400 when the body names no command */
    public static String word(JsonNode body) {
        return Reading.read(COMMAND, body, "").path("command").textValue();
    }

    /**
     * @return the task that the body asks for, normalised
     * @throws io.signalbox.api.http.Refusal 400 when it asks for none
     */
    public static JsonNode task(JsonNode body) {
        return Reading.read(TASK, body, "");
    }

    /** @throws io.signalbox.api.http.Refusal 400 when the body is no object with this one field */
    public static void requireOnly(Field field, JsonNode body) {
        if (!body.isObject()) {
            throw Wrong.form("", "must be an object");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!name.equals(field.name())) {
                throw Wrong.form(Wrong.below("", name), "is not known here");
            }
        });
    }
}
