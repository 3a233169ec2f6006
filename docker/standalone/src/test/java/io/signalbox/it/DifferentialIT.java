package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The same requests to a worker and to Signalbox in front of its twin, and the answers side by side: alike, but for what the
 * published table of differences says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialIT {

    private static final int AT_LEAST = 350;
    private static final Path PUBLISHED = Path.of("..", "..", "docs", "kafka-connect.md");
    private static final Pattern ROW = Pattern.compile("\\| `(d_\\w+)` \\|");

    private final List<Ask> table = Table.read("differential.txt");
    private Map<Ask, Seen> worker;
    private Map<Ask, Seen> signalbox;

    @BeforeAll
    void ask() throws IOException {
        Path files = RealParts.shared().directory("differential");
        Files.writeString(files.resolve("lines"), "train 1\ntrain 2\ntrain 3\n");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var direct = CompletableFuture.supplyAsync(() -> new Asking(Twins.worker(), files).all(table), threads);
            var behind = CompletableFuture.supplyAsync(() -> new Asking(Twins.signalbox(), files).all(table), threads);
            worker = direct.join();
            signalbox = behind.join();
        }
        Files.write(
                files.resolve("answers.txt"),
                worker.keySet().stream().map(this::sideBySide).toList());
    }

    @TestFactory
    Stream<DynamicTest> alike() {
        return worker.keySet().stream()
                .map(ask -> DynamicTest.dynamicTest(ask.group() + ", line " + ask, () -> compare(ask)));
    }

    @Test
    void the_table_is_as_large_as_promised() {
        assertThat(worker).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }

    @Test
    void every_listed_difference_is_a_row_of_the_published_table() throws IOException {
        Set<String> rows = ROW.matcher(Files.readString(PUBLISHED))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(rows)
                .containsAll(table.stream()
                        .flatMap(ask -> ask.listed().keySet().stream())
                        .toList());
    }

    /** Exactly what is listed: a difference that no longer shows is as wrong as one that nobody wrote down. */
    private void compare(Ask ask) {
        assertThat(Differing.aspects(worker.get(ask), signalbox.get(ask), ask.likeness()))
                .as(sideBySide(ask))
                .isEqualTo(ask.differing());
    }

    private String sideBySide(Ask ask) {
        return ask + "\n  worker    " + worker.get(ask) + "\n  signalbox " + signalbox.get(ask);
    }
}
