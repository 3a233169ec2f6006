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
import java.util.List;

/** A shape in the words of JSON Schema. For tests. */
public final class ShapeSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ShapeSchema() {}

    public static ObjectNode of(Shape shape) {
        return switch (shape) {
            case Text text -> {
                ObjectNode schema = NODES.objectNode().put("type", "string");
                if (text.least() > 0) {
                    schema.put("minLength", text.least());
                }
                yield schema.put("maxLength", text.most());
            }
            case Flag flag -> NODES.objectNode().put("type", "boolean");
            case Whole whole -> {
                ObjectNode schema = NODES.objectNode().put("type", "integer");
                schema.set("minimum", Reading.number(whole.least()));
                schema.set("maximum", Reading.number(whole.most()));
                yield schema;
            }
            case Fraction share ->
                NODES.objectNode()
                        .put("type", "number")
                        .put("minimum", (int) share.least())
                        .put("maximum", (int) share.most());
            case Word word -> {
                ObjectNode schema = NODES.objectNode();
                ArrayNode words = schema.putArray("enum");
                word.words().forEach(words::add);
                yield schema;
            }
            case ListOf list -> {
                ObjectNode schema = NODES.objectNode().put("type", "array").put("maxItems", list.most());
                schema.set("items", of(list.item()));
                yield schema;
            }
            case Settings settings -> {
                ObjectNode schema = NODES.objectNode().put("type", "array").put("maxItems", Settings.MOST);
                schema.set(
                        "items",
                        object(
                                List.of(
                                        Field.required(settings.name(), new Text(1, Settings.LONGEST_NAME)),
                                        Field.required("value", new Text(0, Settings.LONGEST_VALUE))),
                                false));
                yield schema;
            }
            case Group group -> object(group.fields(), false);
            case OneOf union -> object(union.tags(), true);
        };
    }

    private static ObjectNode object(List<Field> fields, boolean one) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        if (one) {
            schema.put("minProperties", 1).put("maxProperties", 1);
        }
        ArrayNode required = NODES.arrayNode();
        fields.stream().filter(Field::required).map(Field::name).forEach(required::add);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        if (!fields.isEmpty()) {
            ObjectNode properties = schema.putObject("properties");
            fields.forEach(field -> properties.set(field.name(), field(field)));
        }
        return schema;
    }

    private static JsonNode field(Field field) {
        ObjectNode schema = of(field.shape());
        if (field.fallback() != null) {
            schema.set("default", field.fallback());
        }
        return schema;
    }
}
