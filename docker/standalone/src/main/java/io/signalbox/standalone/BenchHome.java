package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where a benchmark's system keeps its data and logs. */
final class BenchHome {

    private BenchHome() {}

    /** Empty and claimed by this process, until it ends; what an earlier benchmark left running is ended. */
    static Path fresh(String name) throws IOException {
        Path home = Dist.locate().root().resolveSibling(name).toAbsolutePath();
        RunDirectory.killLeftOvers(home);
        delete(home);
        RunDirectory.claim(home);
        return home;
    }

    /** No-op if it is not there. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
