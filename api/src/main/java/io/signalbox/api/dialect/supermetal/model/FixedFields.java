package io.signalbox.api.dialect.supermetal.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import io.signalbox.api.http.Refusal;
import java.util.List;

/** What may not change as long as there is the pipeline: the kinds of its source and sink, and where they are. */
public final class FixedFields {

    private FixedFields() {}

    /**
     * Both are normalised.
     *
     * @throws Refusal 409 naming the first that would change
     */
    public static void require(JsonNode before, JsonNode after) {
        for (Field side : List.of(ConnectorShape.SOURCE, ConnectorShape.SINK)) {
            String pointer = "/" + side.name();
            String was = tag(before.path(side.name()));
            if (!was.equals(tag(after.path(side.name())))) {
                throw refusal(pointer, was);
            }
            shape(side.shape(), before.path(side.name()), after.path(side.name()), pointer);
        }
    }

    private static String tag(JsonNode union) {
        return union.fieldNames().next();
    }

    private static void shape(Shape shape, JsonNode before, JsonNode after, String pointer) {
        switch (shape) {
            case Group group -> members(group.fields(), before, after, pointer);
            case OneOf union -> members(union.tags(), before, after, pointer);
            default -> {
                // Nothing in a list is fixed.
            }
        }
    }

    private static void members(List<Field> fields, JsonNode before, JsonNode after, String pointer) {
        for (Field field : fields) {
            JsonNode was = before.path(field.name());
            JsonNode is = after.path(field.name());
            String where = Wrong.below(pointer, field.name());
            if (!field.fixed()) {
                shape(field.shape(), was, is, where);
            } else if (!was.equals(is)) {
                throw refusal(where, was.asText());
            }
        }
    }

    private static Refusal refusal(String pointer, String was) {
        return Wrong.change(
                pointer,
                "cannot change" + (was.isEmpty() ? "" : " from " + was) + ": delete the connector, and create it anew");
    }
}
