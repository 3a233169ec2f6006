package io.signalbox.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where and when was measured, so that numbers are not compared that cannot be.
 *
 * @param tool that made the load of the reads
 * @param memoryMegabytes 0 where it is not known
 */
record Machine(
        LocalDate date,
        int processors,
        String processor,
        long memoryMegabytes,
        String system,
        String java,
        String tool) {

    static Machine here(String tool) throws IOException {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                first(Path.of("/proc/cpuinfo"), "model name"),
                kilobytes(first(Path.of("/proc/meminfo"), "MemTotal")) / 1_024,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                tool);
    }

    String words() {
        return Text.format(
                "%s, %d processors (%s), %s, %s, %s; reads by %s.",
                date,
                processors,
                processor.isEmpty() ? "unknown" : processor,
                memoryMegabytes == 0 ? "memory unknown" : Text.format("%,d MB", memoryMegabytes),
                system,
                java,
                tool);
    }

    /** @return empty where there is no such file or line */
    private static String first(Path file, String name) throws IOException {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    private static long kilobytes(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
}
