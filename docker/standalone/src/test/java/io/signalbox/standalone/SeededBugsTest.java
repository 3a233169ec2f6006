package io.signalbox.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs that {@code docker/standalone/seeded-bugs} puts in still fit the sources, and their checks are there. */
class SeededBugsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern CHECK = Pattern.compile("Check: (unit|it) (\\S+) (\\w+)(#\\S+)?");

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/seeded-bugs"))) {
            return files.map(Path::toAbsolutePath).sorted().toList();
        }
    }

    @Test
    void there_are_eight() throws IOException {
        assertThat(patches()).hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("patches")
    void each_says_what_it_is_and_names_a_check_that_exists(Path patch) throws IOException {
        List<String> lines = Files.readAllLines(patch);
        assertThat(lines.get(0)).matches("Bug: .{20,}");
        var check = CHECK.matcher(lines.get(1));
        assertThat(check.matches()).as(lines.get(1)).isTrue();
        Path test;
        try (Stream<Path> tests = Files.walk(ROOT.resolve(check.group(2)).resolve("src/test/java"))) {
            test = tests.filter(file -> file.endsWith(check.group(3) + ".java"))
                    .findAny()
                    .orElseThrow();
        }
        if (check.group(4) != null) {
            for (String method : check.group(4).substring(1).split("\\+")) {
                assertThat(test).content().contains("void " + method + "(");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void each_applies(Path patch) throws Exception {
        Process git;
        try {
            git = new ProcessBuilder("git", "apply", "--check", patch.toString())
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException noGit) {
            assumeTrue(false, "git is needed for this: " + noGit.getMessage());
            return;
        }
        try (var output = git.inputReader()) {
            assertThat(output.lines()).as("%s", patch.getFileName()).isEmpty();
        }
        assertThat(git.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(git.exitValue()).isZero();
    }
}
