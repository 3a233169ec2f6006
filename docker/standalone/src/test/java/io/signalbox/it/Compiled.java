package io.signalbox.it;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Sources that stand outside of the build, such as the examples of the docs: compiled by a test, with nothing let pass. */
final class Compiled {

    private Compiled() {}

    /** @return where the classes are */
    static Path all(Path sources, String classPath, Path into) {
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            var compiler = ToolProvider.getSystemJavaCompiler();
            var said = new StringWriter();
            try (var manager = compiler.getStandardFileManager(null, null, null)) {
                boolean good = compiler.getTask(
                                said,
                                manager,
                                null,
                                List.of("--release", "21", "-proc:none", "-cp", classPath, "-d", into.toString()),
                                null,
                                manager.getJavaFileObjectsFromPaths(java))
                        .call();
                if (!good) {
                    throw new AssertionError(said.toString());
                }
            }
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars of a class path that ends in {@code /*}, which the compiler's interface does not know. */
    static String jars(String directoryWithStar) {
        Path directory = Path.of(directoryWithStar.substring(0, directoryWithStar.length() - 2));
        try (Stream<Path> jars = Files.list(directory)) {
            return String.join(
                    ":",
                    jars.filter(jar -> jar.toString().endsWith(".jar"))
                            .map(Path::toString)
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
