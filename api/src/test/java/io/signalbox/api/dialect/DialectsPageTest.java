package io.signalbox.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.openapi.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/dialects.md say of each field of the documents' examples what becomes of it, and list the managed classes. */
class DialectsPageTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Maps of the connector's own: whatever is in them is one field. */
    private static final Set<String> FREE = Set.of("partition", "offset");

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "dialects.md"));
    }

    /** The rows of the table below a heading: the words in code of the first column, and what the second says. */
    private static Map<String, String> table(String heading) throws IOException {
        String behind = page().split("\n#+ " + Pattern.quote(heading) + "\n", 2)[1];
        Map<String, String> rows = new HashMap<>();
        behind.lines()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|"))
                .forEach(cells -> codes(cells[1])
                        .forEach(field -> assertThat(rows.put(field, cells[2].strip()))
                                .as(field + " stands twice below " + heading)
                                .isNull()));
        return rows;
    }

    private static Stream<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1));
    }

    /** @param examples where in the examples of the dialect what a table is about is found */
    private record Section(String heading, String dialect, List<String> examples) {

        Section(String heading, String dialect, String... examples) {
            this(heading, dialect, List.of(examples));
        }
    }

    static List<Section> sections() {
        return List.of(
                new Section(
                        "Creation: what is asked",
                        "confluent",
                        "/create-sink/request",
                        "/create-source/request",
                        "/create-custom/request"),
                new Section("Creation: what is answered", "confluent", "/create-sink/response"),
                new Section(
                        "Expanded list",
                        "confluent",
                        "/list/response/MyGcsLogsBucketConnector",
                        "/list/response/MyS3BucketConnector",
                        "/list/response/MyDatagenConnector"),
                new Section(
                        "Errors",
                        "confluent",
                        "/create-400/response",
                        "/create-401/response",
                        "/create-500/response",
                        "/list-401/response",
                        "/list-404/response",
                        "/list-500/response"),
                new Section("A connector: what is asked", "redpanda", "/create/request"),
                new Section("A connector: what is answered", "redpanda", "/create/response"),
                new Section(
                        "An error",
                        "redpanda",
                        "/create-401/response",
                        "/create-500/response",
                        "/create-default/response"));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void each_field_is_said_to_be_given_enriched_or_not_applicable(Section section) throws IOException {
        JsonNode all = Example.all(section.dialect());
        Set<String> fields = new TreeSet<>();
        section.examples().forEach(place -> {
            assertThat(all.at(place).isMissingNode()).as(place).isFalse();
            collect("", all.at(place), fields);
        });
        var rows = table(section.heading());
        assertThat(new TreeSet<>(rows.keySet())).as(section.heading()).isEqualTo(fields);
        assertThat(rows.values()).allMatch(said -> said.matches("(given|enriched|not applicable)\\b.*"));
    }

    @Test
    void no_example_is_left_out() {
        for (String dialect : List.of("confluent", "redpanda")) {
            List<String> told = sections().stream()
                    .filter(section -> section.dialect().equals(dialect))
                    .flatMap(section -> section.examples().stream())
                    .toList();
            Example.all(dialect)
                    .properties()
                    .forEach(example -> example.getValue()
                            .fieldNames()
                            .forEachRemaining(part -> assertThat(told)
                                    .anyMatch(place -> place.startsWith("/" + example.getKey() + "/" + part))));
        }
    }

    @Test
    void the_managed_classes_are_those_that_are_known() throws IOException {
        var known = new Properties();
        try (var file = DialectsPageTest.class.getResourceAsStream("/confluent/classes.properties")) {
            known.load(file);
        }
        Map<Object, Object> listed = new HashMap<>();
        table("Managed classes").forEach((name, type) -> listed.put(name, type.replace("`", "")));
        assertThat(listed).isEqualTo(known);
    }

    private static void collect(String path, JsonNode value, Set<String> fields) {
        if (value.isArray()) {
            value.forEach(each -> collect(path + "[]", each, fields));
        } else if (value.isObject() && !FREE.contains(path.substring(path.lastIndexOf('.') + 1))) {
            String prefix = path.isEmpty() ? "" : path + ".";
            value.properties().forEach(field -> collect(prefix + field.getKey(), field.getValue(), fields));
        } else {
            fields.add(path);
        }
    }
}
