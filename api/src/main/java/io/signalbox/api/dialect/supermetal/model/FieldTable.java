package io.signalbox.api.dialect.supermetal.model;

import io.signalbox.api.dialect.supermetal.model.Fate.Kind;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import java.util.ArrayList;
import java.util.List;

/** Every field whose fate is told, by its path: what the page for people has as a table. */
public final class FieldTable {

    /** @param path with dots, and {@code []} for the items of a list */
    public record Line(String path, Fate fate) {}

    private final List<Line> lines = new ArrayList<>();

    private FieldTable() {}

    /** @return in the order of the declaration */
    public static List<Line> of(Group group) {
        var table = new FieldTable();
        table.shape(group, "");
        return table.lines;
    }

    private void shape(Shape shape, String path) {
        switch (shape) {
            case Group group -> group.fields().forEach(field -> field(field, path));
            case OneOf union -> union.tags().forEach(tag -> field(tag, path));
            case ListOf list -> shape(list.item(), path + "[]");
            default -> {
                // Its field is told.
            }
        }
    }

    private void field(Field field, String path) {
        String where = path.isEmpty() ? field.name() : path + "." + field.name();
        if (field.fate() != null) {
            lines.add(new Line(where, field.fate()));
        }
        // What is in something that is refused is refused with it.
        if (field.fate() == null || field.fate().kind() != Kind.REFUSED) {
            shape(field.shape(), where);
        }
    }
}
