package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Dist;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownIT {

    @TempDir
    Path data;

    @Test
    void parts_of_a_killed_launcher_are_stopped_and_their_data_stay() throws Exception {
        Process orphan = process("-Dsignalbox.part=worker");
        Path pidFile = pidFile("worker", orphan);

        assertThat(down()).contains("worker").contains("the data stay");

        assertThat(orphan.waitFor()).isNotZero();
        assertThat(pidFile).doesNotExist();
        assertThat(data.resolve("run")).exists();
    }

    @Test
    void a_stranger_that_got_the_process_id_of_a_part_is_left_alone() throws Exception {
        Process stranger = process("something-else");
        try {
            pidFile("worker", stranger);

            assertThat(down()).contains("Nothing was running");
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void wiping_forgets_our_data_and_touches_no_other_directory() throws Exception {
        Path precious = Files.createFile(data.resolve("precious"));

        assertThat(down("--wipe")).contains("nothing was removed");
        assertThat(precious).exists();

        Files.createFile(Files.createDirectories(data.resolve("run")).resolve("lock"));
        assertThat(down("--wipe")).contains("forgotten");
        assertThat(data).doesNotExist();
    }

    private String down(String... options) throws Exception {
        Path script = Dist.locate().root().resolve("../../down").normalize();
        List<String> command = new ArrayList<>(List.of(script.toString(), "--data", data.toString()));
        command.addAll(List.of(options));
        Process down = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(down.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Process process(String mark) throws Exception {
        return new ProcessBuilder("sh", "-c", "sleep 60; :", mark).start();
    }

    private Path pidFile(String name, Process process) throws Exception {
        Path run = Files.createDirectories(data.resolve("run"));
        return Files.writeString(run.resolve(name + ".pid"), process.pid() + "\n");
    }
}
