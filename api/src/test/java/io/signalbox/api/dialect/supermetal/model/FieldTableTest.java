package io.signalbox.api.dialect.supermetal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.dialect.supermetal.model.Fate.Kind;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in docs/pipelines.md says of every field what the code does with it. */
class FieldTableTest {

    private static final Pattern LINE =
            Pattern.compile("(?m)^\\| `([a-z_0-9.\\[\\]A-Z]+)` \\| (applied|approximated|refused) \\| (.+) \\|$");

    @Test
    void the_table_in_the_docs_is_the_declaration() throws IOException {
        List<String> told = LINE.matcher(Files.readString(Path.of("..", "docs", "pipelines.md")))
                .results()
                .map(line -> row(line.group(1), line.group(2), line.group(3)))
                .toList();
        List<String> declared = FieldTable.of(ConnectorShape.CONNECTOR).stream()
                .map(line ->
                        row(line.path(), line.fate().kind().word(), line.fate().sentence()))
                .toList();
        assertThat(told)
                .as(() -> "docs/pipelines.md: each field needs its line\n"
                        + declared.stream().collect(Collectors.joining("\n")))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    private static String row(String path, String kind, String sentence) {
        return "| `" + path + "` | " + kind + " | " + sentence + " |";
    }

    /** Not one is left out: it has a fate of its own, or is in something that is approximated or refused as a whole. */
    @Test
    void every_field_has_a_fate() {
        List<String> without = new ArrayList<>();
        collect(ConnectorShape.CONNECTOR, "", false, without);
        assertThat(without).isEmpty();
    }

    private static void collect(Shape shape, String path, boolean told, List<String> without) {
        switch (shape) {
            case Group group -> group.fields().forEach(field -> collect(field, path, told, without));
            case OneOf union -> union.tags().forEach(tag -> collect(tag, path, told, without));
            case ListOf list -> collect(list.item(), path + "[]", told, without);
            default -> {
                if (!told) {
                    without.add(path);
                }
            }
        }
    }

    private static void collect(Field field, String path, boolean told, List<String> without) {
        String where = path + "." + field.name();
        boolean bare = field.shape() instanceof Group group && group.fields().isEmpty();
        boolean leaf =
                bare || !(field.shape() instanceof Group || field.shape() instanceof OneOf || inItems(field.shape()));
        if (leaf && !told && field.fate() == null) {
            without.add(where);
        }
        // That something is applied says nothing of what is in it.
        boolean whole = field.fate() != null && field.fate().kind() != Kind.APPLIED;
        collect(field.shape(), where, told || whole || leaf, without);
    }

    private static boolean inItems(Shape shape) {
        return shape instanceof ListOf list && list.item() instanceof Group;
    }
}
