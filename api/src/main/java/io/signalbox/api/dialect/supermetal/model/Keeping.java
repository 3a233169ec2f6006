package io.signalbox.api.dialect.supermetal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import io.signalbox.api.dialect.supermetal.model.Shape.Settings;
import io.signalbox.processor.domain.Sealed;

/**
 * Puts the secrets that are kept where somebody who writes left them out, or wrote what he was shown instead of them. What is
 * null is not left out: it takes the secret away.
 */
public final class Keeping {

    /** Opens a secret that is kept. */
    @FunctionalInterface
    public interface Opener {
        /** @param pointer where it is kept */
        String open(String pointer, String sealed);
    }

    private final boolean leftOutToo;
    private final Opener opener;

    /**
     * @param leftOutToo whether what is left out is kept, too, and not only what is masked; credentials among the settings of
     *     an object store always are, because nobody who reads is shown that they are there
     */
    public Keeping(boolean leftOutToo, Opener opener) {
        this.leftOutToo = leftOutToo;
        this.opener = opener;
    }

    /**
     * Before the value is read: it may be of any form, and stays so where it is of the wrong one.
     *
     * @param pointer where both stand
     * @param kept as it is kept; missing when nothing is
     * @throws io.signalbox.api.http.Refusal 400 when something is masked that is not kept
     */
    public JsonNode into(Shape shape, JsonNode given, JsonNode kept, String pointer) {
        JsonNode copy = given.deepCopy();
        visit(shape, copy, kept, pointer);
        return copy;
    }

    private void visit(Shape shape, JsonNode given, JsonNode kept, String pointer) {
        switch (shape) {
            case Group group
            when given.isObject() -> group.fields().forEach(field -> member(field, (ObjectNode) given, kept, pointer));
            case OneOf union
            when given.isObject() ->
                union.tags().stream()
                        .filter(tag -> given.has(tag.name()))
                        .forEach(tag -> member(tag, (ObjectNode) given, kept, pointer));
            case ListOf list
            when given.isArray() -> {
                for (int i = 0; i < given.size(); i++) {
                    visit(list.item(), given.get(i), kept.path(i), pointer + "/" + i);
                }
            }
            case Settings settings when given.isArray() -> settings(settings, (ArrayNode) given, kept, pointer);
            default -> {
                // Nothing in it could be kept, or reading will say what is wrong with it.
            }
        }
    }

    private void member(Field field, ObjectNode given, JsonNode kept, String pointer) {
        String where = Wrong.below(pointer, field.name());
        JsonNode value = given.path(field.name());
        JsonNode before = kept.path(field.name());
        boolean sealed = before.isTextual() && Sealed.is(before.textValue());
        if (Secrecy.masked(value) && (field.secret() || sealed)) {
            given.set(field.name(), opened(where, before));
        } else if (value.isMissingNode() && field.secret() && sealed && leftOutToo) {
            given.set(field.name(), opened(where, before));
        } else if (value.isMissingNode() && leftOutToo && field.shape() instanceof Settings settings) {
            ArrayNode none = given.arrayNode();
            settings(settings, none, before, where);
            if (!none.isEmpty()) {
                given.set(field.name(), none);
            }
        } else {
            visit(field.shape(), value, before, where);
        }
    }

    private void settings(Settings settings, ArrayNode given, JsonNode kept, String pointer) {
        for (int i = given.size() - 1; i >= 0; i--) {
            JsonNode name = given.get(i).path(settings.name());
            JsonNode value = given.get(i).path("value");
            int before = name.isTextual() ? indexOf(settings, kept, name.textValue()) : -1;
            if (Secrecy.masked(value)) {
                JsonNode was = before < 0
                        ? MissingNode.getInstance()
                        : kept.get(before).path("value");
                String from = pointer + "/" + (before < 0 ? i : before) + "/value";
                if (before >= 0 || Secrecy.telling(name.asText(), value.textValue())) {
                    ((ObjectNode) given.get(i)).set("value", opened(from, was));
                }
            }
        }
        if (settings.dropped()) {
            addDropped(settings, given, kept, pointer);
        }
        takeOutNulls(given);
    }

    private void addDropped(Settings settings, ArrayNode given, JsonNode kept, String pointer) {
        for (int i = 0; i < kept.size(); i++) {
            JsonNode name = kept.get(i).path(settings.name());
            JsonNode value = kept.get(i).path("value");
            if (Sealed.is(value.asText()) && indexOf(settings, given, name.asText()) < 0) {
                given.add(given.objectNode()
                        .put(settings.name(), name.asText())
                        .<ObjectNode>set("value", opened(pointer + "/" + i + "/value", value)));
            }
        }
    }

    private static void takeOutNulls(ArrayNode given) {
        for (int i = given.size() - 1; i >= 0; i--) {
            if (given.get(i).path("value").isNull()) {
                given.remove(i);
            }
        }
    }

    private static int indexOf(Settings settings, JsonNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(settings.name()).asText().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private TextNode opened(String pointer, JsonNode before) {
        if (!before.isTextual()) {
            throw Wrong.form(
                    pointer,
                    "is " + Secrecy.MASK + ", which keeps the secret that is there, but there is none: give its value");
        }
        String text = before.textValue();
        return TextNode.valueOf(Sealed.is(text) ? opener.open(pointer, text) : text);
    }
}
