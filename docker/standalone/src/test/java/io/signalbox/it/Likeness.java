package io.signalbox.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How far two JSON bodies have to be alike. */
enum Likeness {
    /** The same values; the order of an object's fields does not count. */
    VALUES {
        @Override
        JsonNode essence(JsonNode body) {
            return body;
        }
    },
    /** The same values in any order, where no order is promised. */
    ANY_ORDER {
        @Override
        JsonNode essence(JsonNode body) {
            return sorted(body);
        }
    },
    /** The same keys with the same types, recursively; the elements of an array together. */
    SHAPE {
        @Override
        JsonNode essence(JsonNode body) {
            return shape(body, false);
        }
    },
    /** As the shape, where the keys of the whole are names of things and may be others. */
    SHAPE_OF_VALUES {
        @Override
        JsonNode essence(JsonNode body) {
            return shape(body, true);
        }
    };

    /** What is left of a body for the comparison. */
    abstract JsonNode essence(JsonNode body);

    /** At every depth: the entries of an offsets answer are in no order either. */
    private static JsonNode sorted(JsonNode node) {
        var json = JsonNodeFactory.instance;
        if (node.isArray()) {
            List<String> texts = new ArrayList<>();
            node.forEach(element -> texts.add(sorted(element).toString()));
            texts.sort(null);
            var all = json.arrayNode();
            texts.forEach(all::add);
            return all;
        }
        if (node.isObject()) {
            ObjectNode sorted = json.objectNode();
            node.properties().forEach(entry -> sorted.set(entry.getKey(), sorted(entry.getValue())));
            return sorted;
        }
        return node;
    }

    private static JsonNode shape(JsonNode node, boolean anyKey) {
        var json = JsonNodeFactory.instance;
        if (node.isArray() || (node.isObject() && anyKey)) {
            Set<String> shapes = new TreeSet<>();
            node.forEach(element -> shapes.add(shape(element, false).toString()));
            var all = json.arrayNode();
            shapes.forEach(all::add);
            return all;
        }
        if (node.isObject()) {
            ObjectNode shape = json.objectNode();
            node.properties().forEach(entry -> shape.set(entry.getKey(), shape(entry.getValue(), false)));
            return shape;
        }
        return json.textNode(node.getNodeType().name());
    }
}
