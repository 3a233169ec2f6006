package io.signalbox.api.dialect.supermetal.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.supermetal.model.Fate.Kind;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import java.util.ArrayList;
import java.util.List;

/** What a normalised value asks for that is not applied as it is. */
public final class Gaps {

    private final List<Gap> found = new ArrayList<>();

    private Gaps() {}

    /** @return each with its place, in the order of the fields */
    public static List<Gap> of(Field field, JsonNode value, String pointer) {
        var gaps = new Gaps();
        gaps.field(field, value, pointer);
        return gaps.found;
    }

    /** The same of a whole connector. */
    public static List<Gap> of(JsonNode connector) {
        var gaps = new Gaps();
        gaps.shape(ConnectorShape.CONNECTOR, connector, "");
        return gaps.found;
    }

    private void field(Field field, JsonNode value, String pointer) {
        if (!value.isMissingNode() && !neutral(field, value)) {
            asked(field, value, pointer);
        }
    }

    /** An alternative that was chosen asks for something, whatever is in it. */
    private void asked(Field field, JsonNode value, String pointer) {
        if (field.fate() != null && field.fate().kind() != Kind.APPLIED) {
            found.add(new Gap(pointer, field.fate()));
        } else {
            shape(field.shape(), value, pointer);
        }
    }

    private void shape(Shape shape, JsonNode value, String pointer) {
        switch (shape) {
            case Group group -> members(group.fields(), value, pointer);
            case OneOf union ->
                union.tags().stream()
                        .filter(tag -> value.has(tag.name()))
                        .forEach(tag -> asked(tag, value.path(tag.name()), Wrong.below(pointer, tag.name())));
            case ListOf list -> {
                for (int i = 0; i < value.size(); i++) {
                    shape(list.item(), value.get(i), pointer + "/" + i);
                }
            }
            default -> {
                // What it is says its field.
            }
        }
    }

    /** Whether it is as it is where nothing is said. */
    private static boolean neutral(Field field, JsonNode value) {
        if (field.shape() instanceof Group group && !group.fields().isEmpty()) {
            return group.fields().stream()
                    .filter(member -> value.has(member.name()))
                    .allMatch(member -> neutral(member, value.path(member.name())));
        }
        return field.usual(value) || (value.isTextual() && value.textValue().isEmpty());
    }

    private void members(List<Field> fields, JsonNode value, String pointer) {
        fields.forEach(field -> field(field, value.path(field.name()), Wrong.below(pointer, field.name())));
    }
}
