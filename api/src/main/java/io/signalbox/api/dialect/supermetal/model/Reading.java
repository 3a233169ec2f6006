package io.signalbox.api.dialect.supermetal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.dialect.supermetal.model.Shape.Flag;
import io.signalbox.api.dialect.supermetal.model.Shape.Fraction;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import io.signalbox.api.dialect.supermetal.model.Shape.Settings;
import io.signalbox.api.dialect.supermetal.model.Shape.Text;
import io.signalbox.api.dialect.supermetal.model.Shape.Whole;
import io.signalbox.api.dialect.supermetal.model.Shape.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads strictly: what is not known is wrong, and so is what is of another kind or beyond its bounds. What comes out is
 * normalised: fields in the order of their declaration, what is left out as it usually is, nulls left out.
 */
public final class Reading {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Reading() {}

    /**
     * @param field which the value is of
     * @param pointer where it stands
     * @return the value normalised
     * @throws io.signalbox.api.http.Refusal 400 with the place of the first mistake
     */
    public static JsonNode read(Field field, JsonNode value, String pointer) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            throw Wrong.form(pointer, "is missing");
        }
        return value(field.shape(), value, pointer);
    }

    /** As {@link #read}, for a whole connector. */
    public static ObjectNode connector(JsonNode value) {
        return group(ConnectorShape.CONNECTOR, value, "");
    }

    private static JsonNode value(Shape shape, JsonNode value, String pointer) {
        return switch (shape) {
            case Text text -> text(text, value, pointer);
            case Flag flag -> require(value.isBoolean(), value, pointer, "must be true or false");
            case Whole whole -> whole(whole, value, pointer);
            case Fraction share -> fraction(share, value, pointer);
            case Word word -> word(word, value, pointer);
            case ListOf list -> list(list, value, pointer);
            case Settings settings -> settings(settings, value, pointer);
            case Group group -> group(group, value, pointer);
            case OneOf union -> union(union, value, pointer);
        };
    }

    private static JsonNode require(boolean holds, JsonNode value, String pointer, String otherwise) {
        if (!holds) {
            throw Wrong.form(pointer, otherwise);
        }
        return value;
    }

    private static JsonNode text(Text text, JsonNode value, String pointer) {
        require(value.isTextual(), value, pointer, "must be a string");
        int length = value.textValue().codePointCount(0, value.textValue().length());
        require(length >= text.least(), value, pointer, "must not be empty");
        require(length <= text.most(), value, pointer, "must not be longer than " + text.most() + " characters");
        return require(value.textValue().indexOf('\0') < 0, value, pointer, "must not hold the character of code zero");
    }

    private static JsonNode whole(Whole whole, JsonNode value, String pointer) {
        boolean fits = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= whole.least()
                && value.longValue() <= whole.most();
        require(fits, value, pointer, "must be a whole number from " + whole.least() + " to " + whole.most());
        return number(value.longValue());
    }

    /** As it would be read: of the smallest kind that has it, so that equal numbers are equal nodes. */
    static JsonNode number(long number) {
        return (int) number == number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private static JsonNode fraction(Fraction share, JsonNode value, String pointer) {
        boolean fits = value.isNumber() && value.doubleValue() >= share.least() && value.doubleValue() <= share.most();
        require(fits, value, pointer, "must be a number from " + share.least() + " to " + share.most());
        return NODES.numberNode(value.doubleValue());
    }

    private static JsonNode word(Word word, JsonNode value, String pointer) {
        return require(
                value.isTextual() && word.words().contains(value.textValue()),
                value,
                pointer,
                "must be one of " + String.join(", ", word.words()));
    }

    private static ArrayNode list(ListOf list, JsonNode value, String pointer) {
        require(value.isArray(), value, pointer, "must be an array");
        require(value.size() <= list.most(), value, pointer, "must not have more than " + list.most() + " items");
        ArrayNode items = NODES.arrayNode(value.size());
        for (int i = 0; i < value.size(); i++) {
            items.add(value(list.item(), value.get(i), pointer + "/" + i));
        }
        return items;
    }

    private static ArrayNode settings(Settings settings, JsonNode value, String pointer) {
        require(value.isArray(), value, pointer, "must be an array");
        require(value.size() <= Settings.MOST, value, pointer, "must not have more than " + Settings.MOST + " items");
        var names = new HashSet<String>();
        ArrayNode items = NODES.arrayNode(value.size());
        var item = new Group(List.of(
                Field.required(settings.name(), new Text(1, Settings.LONGEST_NAME)),
                Field.required("value", new Text(0, Settings.LONGEST_VALUE))));
        for (int i = 0; i < value.size(); i++) {
            String where = pointer + "/" + i;
            ObjectNode read = group(item, value.get(i), where);
            String name = read.path(settings.name()).textValue();
            require(names.add(name), read, where, "has the same " + settings.name() + " as another one");
            items.add(read);
        }
        return items;
    }

    private static ObjectNode group(Group group, JsonNode value, String pointer) {
        require(value.isObject(), value, pointer, "must be an object");
        value.fieldNames().forEachRemaining(name -> {
            if (group.field(name).isEmpty()) {
                throw Wrong.form(Wrong.below(pointer, name), "is not known here");
            }
        });
        ObjectNode read = NODES.objectNode();
        for (Field field : group.fields()) {
            JsonNode given = value.path(field.name());
            if (!given.isMissingNode() && !given.isNull()) {
                read.set(field.name(), value(field.shape(), given, Wrong.below(pointer, field.name())));
            } else if (field.required()) {
                throw Wrong.form(Wrong.below(pointer, field.name()), "is missing");
            } else if (field.fallback() != null) {
                read.set(field.name(), field.fallback());
            }
        }
        return read;
    }

    private static ObjectNode union(OneOf union, JsonNode value, String pointer) {
        String known = union.tags().stream().map(Field::name).collect(Collectors.joining(", "));
        require(value.isObject(), value, pointer, "must be an object with exactly one of " + known);
        if (value.size() != 1) {
            var names = new ArrayList<String>();
            value.fieldNames().forEachRemaining(names::add);
            throw Wrong.form(
                    pointer,
                    "must have exactly one of " + known + ", and has "
                            + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        String tag = value.fieldNames().next();
        Field chosen = union.tag(tag)
                .orElseThrow(() -> Wrong.form(Wrong.below(pointer, tag), "is not known here: use one of " + known));
        ObjectNode read = NODES.objectNode();
        read.set(tag, value(chosen.shape(), value.get(tag), Wrong.below(pointer, tag)));
        return read;
    }
}
