package io.signalbox.api.dialect.supermetal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import io.signalbox.api.dialect.supermetal.model.Shape.Settings;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.SecretRule;
import java.util.Locale;
import java.util.Set;

/**
 * Which texts of a definition are secret: fields that say so, settings whose names or values say so, addresses with a password in
 * them, and whatever is sealed.
 */
public final class Secrecy {

    /** What is shown instead of a secret. */
    public static final String MASK = "***";

    /** Without separators: of object stores, beside what is secret by its name anywhere. */
    private static final Set<String> KEYS_OF_STORES = Set.of("saskey", "masterkey");

    private Secrecy() {}

    /** What becomes of a secret text. */
    @FunctionalInterface
    public interface Change {
        /**
         * @param dropped whether it is one of the settings that answers leave out
         * @return null to take it out, together with the name that it is the value of
         */
        String of(String pointer, String text, boolean dropped);
    }

    /** Whether somebody who reads was shown this instead of the secret, and writes it back. */
    static boolean masked(JsonNode value) {
        return value.isTextual() && value.textValue().contains(MASK);
    }

    /** A copy without secrets, for who reads. */
    public static ObjectNode scrubbed(Group group, ObjectNode definition) {
        return changed(group, definition, (pointer, text, dropped) -> dropped ? null : MASK);
    }

    public static ObjectNode changed(Group group, ObjectNode definition, Change change) {
        ObjectNode copy = definition.deepCopy();
        visit(group, copy, "", change);
        return copy;
    }

    private static void visit(Shape shape, JsonNode value, String pointer, Change change) {
        switch (shape) {
            case Group group -> group.fields().forEach(field -> member(field, value, pointer, change));
            case OneOf union -> union.tags().forEach(tag -> member(tag, value, pointer, change));
            case ListOf list -> {
                for (int i = 0; i < value.size(); i++) {
                    visit(list.item(), value.get(i), pointer + "/" + i, change);
                }
            }
            case Settings settings -> settings(settings, (ArrayNode) value, pointer, change);
            default -> {
                // Whether a text is secret says the field that it is of.
            }
        }
    }

    private static void member(Field field, JsonNode parent, String pointer, Change change) {
        JsonNode value = parent.path(field.name());
        if (value.isMissingNode()) {
            return;
        }
        String where = Wrong.below(pointer, field.name());
        if (value.isTextual()) {
            if (field.secret() || telling("", value.textValue())) {
                set((ObjectNode) parent, field.name(), change.of(where, value.textValue(), false));
            }
        } else if (field.secret()) {
            // Bytes as numbers: of what is not run, so that they are never kept.
            ((ObjectNode) parent).remove(field.name());
        } else {
            visit(field.shape(), value, where, change);
        }
    }

    private static void settings(Settings settings, ArrayNode list, String pointer, Change change) {
        for (int i = list.size() - 1; i >= 0; i--) {
            String text = list.get(i).path("value").textValue();
            if (telling(list.get(i).path(settings.name()).textValue(), text)) {
                String changed = change.of(pointer + "/" + i + "/value", text, settings.dropped());
                if (changed == null) {
                    list.remove(i);
                } else {
                    ((ObjectNode) list.get(i)).set("value", TextNode.valueOf(changed));
                }
            }
        }
    }

    /** Whether a setting of this name, or a text without a name, is secret by what it is. */
    static boolean telling(String name, String text) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
        return Sealed.is(text)
                || SecretRule.secret(name, text)
                || KEYS_OF_STORES.stream().anyMatch(plain::contains);
    }

    private static void set(ObjectNode parent, String name, String text) {
        if (text == null) {
            parent.remove(name);
        } else {
            parent.set(name, TextNode.valueOf(text));
        }
    }
}
