package io.signalbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.fault.Operation.Kind;
import io.signalbox.fault.Operation.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Operation CREATE = new Operation(
            "c1",
            "orders",
            "id-1",
            Kind.CREATE,
            null,
            "m1",
            TargetState.PAUSED,
            null,
            10,
            10,
            Result.UNKNOWN,
            null,
            null,
            null,
            null);
    private static final LogEvent CREATED =
            new LogEvent("ConnectorCreated", "orders", 1, "id-1", TargetState.PAUSED, "m1");

    @TempDir
    Path directory;

    @Test
    void what_is_written_is_read_back() throws IOException {
        History history = Simulation.run(7);
        Path file = written(history);

        assertThat(History.read(file)).isEqualTo(history);
    }

    @Test
    void a_line_is_one_object_without_what_is_not_there() throws IOException {
        var done = CREATE.ended(20, Result.OK, null, new Seen(1L, 1L, TargetState.PAUSED, "m1"), "0:5", "r1");
        Path file = written(new History(List.of(done), List.of(CREATED)));

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"client\":\"c1\",\"key\":\"orders\",\"id\":\"id-1\",\"kind\":\"CREATE\",\"config\":\"m1\","
                                + "\"initialState\":\"PAUSED\",\"invokedAt\":10,\"completedAt\":20,\"result\":\"OK\","
                                + "\"seen\":{\"revision\":1,\"configRevision\":1,\"targetState\":\"PAUSED\",\"config\":\"m1\"},"
                                + "\"position\":\"0:5\",\"replica\":\"r1\"}",
                        "{\"event\":\"ConnectorCreated\",\"key\":\"orders\",\"revision\":1,\"commandId\":\"id-1\","
                                + "\"targetState\":\"PAUSED\",\"config\":\"m1\"}");
    }

    @Test
    void what_is_under_way_at_the_end_is_unknown() throws IOException {
        Path file = directory.resolve("history");
        try (var writer = new HistoryWriter(file, () -> 99)) {
            writer.begins(CREATE);
        }

        assertThat(History.read(file).operations())
                .containsExactly(CREATE.ended(99, Result.UNKNOWN, null, null, null, null));
    }

    @Test
    void a_bad_line_is_told_with_its_number() throws IOException {
        Path file = written(new History(List.of(), List.of(CREATED)));
        Files.writeString(file, Files.readString(file) + "{\"client\":");

        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
        assertThat(check(file)).startsWith("2\n").contains("cannot be checked").contains("line 2");
    }

    @Test
    void files_are_checked_again_and_the_worst_is_the_exit_code() throws IOException {
        Path good = written(Simulation.run(3));
        Path bad = written(Mutation.STALE_STRONG_READ.breakIn(new Scene(Simulation.run(3), new Random(3))));

        assertThat(check(good)).startsWith("0\n").contains("2 keys").contains("LOST              0");
        assertThat(check(good, bad))
                .startsWith("1\n")
                .contains("STALE_READ        1")
                .contains("NOT_LINEARIZABLE  1");
        assertThat(check(good, Path.of("--bound=1"))).startsWith("2\n").contains("GAVE_UP orders");
    }

    @Test
    void help_says_how_to_use_it() {
        assertThat(check(Path.of("--help")))
                .startsWith("0\n")
                .contains("Usage: check")
                .contains("FILE")
                .contains("--bound");
    }

    private Path written(History history) throws IOException {
        Path file = Files.createTempFile(directory, "history", ".jsonl");
        try (var writer = new HistoryWriter(file, () -> 0)) {
            for (Operation each : history.operations()) {
                writer.begins(each);
                writer.ends(each);
            }
            writer.log(history.log());
        }
        return file;
    }

    /** The exit code, and on the lines behind it what was printed. */
    private static String check(Path... arguments) {
        var out = new ByteArrayOutputStream();
        var words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = Check.run(new PrintStream(out, true, StandardCharsets.UTF_8), words);
        return code + "\n" + out.toString(StandardCharsets.UTF_8);
    }
}
