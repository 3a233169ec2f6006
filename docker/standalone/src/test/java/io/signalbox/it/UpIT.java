package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Dist;
import io.signalbox.standalone.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at start ends in one line that says what to do, and nothing is left running. */
class UpIT {

    @TempDir
    Path data;

    @Test
    void a_port_in_use_is_named_with_a_way_out() throws Exception {
        int base = freeBase();
        Ports ports = Ports.from(base);
        try (ServerSocket other = new ServerSocket(ports.registry(), 1, InetAddress.getLoopbackAddress())) {
            List<String> output = up(base);

            assertThat(output)
                    .singleElement()
                    .asString()
                    .startsWith("signalbox: ")
                    .contains(other.getLocalPort() + " (the registry)", "--port-base");
            assertThat(leftOvers()).isEmpty();
        }
    }

    @Test
    void a_part_that_dies_is_named_with_its_last_words_and_its_log() throws Exception {
        Files.createFile(data.resolve("broker"));

        List<String> output = up(freeBase());

        assertThat(output)
                .last()
                .asString()
                .startsWith("signalbox: broker ended with exit code")
                .contains("broker.log");
        assertThat(output).filteredOn(line -> line.startsWith("signalbox: ")).hasSize(1);
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void a_second_start_on_the_same_data_says_that_it_runs() throws Exception {
        Path run = Files.createDirectories(data.resolve("run"));
        Process running = new ProcessBuilder("sh", "-c", "sleep 60; :", "-Dsignalbox.part=broker").start();
        try {
            Files.writeString(run.resolve("broker.pid"), running.pid() + "\n");

            assertThat(up(freeBase())).singleElement().asString().contains("already running", "docker/standalone/down");
        } finally {
            running.destroyForcibly().waitFor();
        }
    }

    private List<String> up(int base) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                java(),
                "-cp",
                classPath(),
                "io.signalbox.standalone.Up",
                "--data",
                data.toString(),
                "--port-base",
                Integer.toString(base));
        Process up = builder.redirectErrorStream(true).start();
        String output = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(up.waitFor()).as(output).isEqualTo(1);
        return output.lines().toList();
    }

    private List<String> leftOvers() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(data.toString()))
                .toList();
    }

    private static int freeBase() {
        return Stream.generate(Ports::freePort)
                .filter(base -> Ports.from(base).taken(1).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        Path dist = Dist.locate().root();
        return dist.resolve("launcher/lib") + "/*:" + dist.resolve("signalbox/lib") + "/*";
    }
}
