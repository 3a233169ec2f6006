package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page for people says that routes need is what they need. */
class AccessTableTest {

    @Test
    void the_table_in_the_docs_is_what_is_registered() {
        Map<String, String> told = new TreeMap<>();
        AccessTable.read()
                .forEach(line -> line.templates().forEach(path -> told.put(line.method() + " " + path, line.needs())));
        try (var f = Fixture.withClusters()) {
            Map<String, String> registered = new TreeMap<>();
            f.rules().forEach((route, rule) -> {
                if (!route.startsWith("HEAD ") && !route.startsWith("OPTIONS ")) {
                    registered.put(route, rule.text());
                }
            });
            assertThat(told)
                    .as(() -> "docs/access.md: each route needs its line\n"
                            + registered.entrySet().stream()
                                    .filter(entry -> !entry.getKey().contains(" " + AccessTable.NAMED)
                                            && !entry.getKey().contains(" /v1alpha2/"))
                                    .map(entry -> "| `" + entry.getKey().replace(" ", "` | `") + "` | "
                                            + entry.getValue() + " |")
                                    .collect(Collectors.joining("\n")))
                    .isEqualTo(registered);
        }
    }

    @Test
    void head_needs_what_get_needs_and_options_tells_everybody() {
        try (var f = Fixture.withClusters()) {
            f.rules().forEach((route, rule) -> {
                if (route.startsWith("HEAD ")) {
                    assertThat(rule).isSameAs(f.rules().get("GET" + route.substring(4)));
                }
                if (route.startsWith("OPTIONS ")) {
                    assertThat(rule).isSameAs(Rule.PUBLIC);
                }
            });
        }
    }
}
