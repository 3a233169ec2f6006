package io.signalbox.api.dialect.supermetal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.api.dialect.supermetal.model.Fate.Kind;

/**
 * One field of a definition: all that reading, hiding, keeping, mapping and telling of it need to know.
 *
 * @param secret whether it is sealed where it is kept, and masked where it is shown
 * @param fixed whether it may not change as long as there is the pipeline
 * @param fallback what it is when it is left out; null for nothing
 * @param fate null for that of what it is in, and for what has fields of its own that tell theirs
 */
public record Field(
        String name, Shape shape, boolean required, boolean secret, boolean fixed, JsonNode fallback, Fate fate) {

    static Field required(String name, Shape shape) {
        return new Field(name, shape, true, false, false, null, null);
    }

    static Field optional(String name, Shape shape) {
        return new Field(name, shape, false, false, false, null, null);
    }

    Field asSecret() {
        return new Field(name, shape, required, true, fixed, fallback, fate);
    }

    Field asFixed() {
        return new Field(name, shape, required, secret, true, fallback, fate);
    }

    Field or(String text) {
        return or(TextNode.valueOf(text));
    }

    Field or(boolean flag) {
        return or(BooleanNode.valueOf(flag));
    }

    Field or(long number) {
        return or(Reading.number(number));
    }

    private Field or(JsonNode value) {
        return new Field(name, shape, required, secret, fixed, value, fate);
    }

    Field applied(String how) {
        return with(new Fate(Kind.APPLIED, how));
    }

    Field approximated(String how) {
        return with(new Fate(Kind.APPROXIMATED, how));
    }

    Field refused(String why) {
        return with(new Fate(Kind.REFUSED, why));
    }

    Field with(Fate other) {
        return new Field(name, shape, required, secret, fixed, fallback, other);
    }

    /** Whether a value asks for nothing: it is what it would be without it. */
    boolean usual(JsonNode value) {
        return value.equals(fallback);
    }
}
