package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanStopTest {

    @TempDir
    Path directory;

    @Test
    void only_the_start_right_after_a_stop_in_order_finds_the_mark() {
        var closed = new CleanStop(directory.resolve("state"), "signalbox");

        assertThat(closed.take()).as("at the very first start").isFalse();
        closed.put();
        assertThat(closed.take()).isTrue();
        assertThat(closed.take()).as("after a kill").isFalse();
    }

    @Test
    void two_applications_in_one_directory_do_not_mix() {
        new CleanStop(directory, "one").put();

        assertThat(new CleanStop(directory, "other").take()).isFalse();
        assertThat(new CleanStop(directory, "one").take()).isTrue();
    }
}
