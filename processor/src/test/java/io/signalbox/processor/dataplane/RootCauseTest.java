package io.signalbox.processor.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootCauseTest {

    @Test
    void it_is_the_deepest_cause_but_not_a_suppressed_one() {
        assertThat(RootCause.of("A: a\n\tat x\nCaused by: B: b\n\tat y\nCaused by: C: c\n\tat z\n\t... 3 more\n"))
                .isEqualTo("C: c");
        assertThat(RootCause.of("A: a\n\tat x\n\tSuppressed: S: s\n\tCaused by: T: t\n"))
                .isEqualTo("A: a");
        assertThat(RootCause.of("\n  just words ")).isEqualTo("just words");
    }

    @Test
    void it_is_bounded_and_nothing_comes_of_nothing() {
        assertThat(RootCause.of(null)).isNull();
        assertThat(RootCause.of(" \n")).isNull();
        assertThat(RootCause.of("Caused by: " + "x".repeat(5_000))).hasSize(RootCause.LONGEST + 1);
    }

    @Test
    void a_line_that_announces_the_next_one_comes_with_it() {
        assertThat(RootCause.of("The config has 2 error(s):\nMissing \"file\"\nMissing \"topic\"\nSee …"))
                .isEqualTo("The config has 2 error(s): Missing \"file\"");
    }
}
