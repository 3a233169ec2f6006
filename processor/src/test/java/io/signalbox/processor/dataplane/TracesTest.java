package io.signalbox.processor.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TracesTest {

    @Test
    void a_usual_trace_is_kept_whole() {
        assertThat(Traces.of(3).bounded("java.lang.Boom\n\tat x")).isEqualTo("java.lang.Boom\n\tat x");
        assertThat(Traces.of(3).bounded(null)).isNull();
        assertThat(Traces.of(3).bounded("x".repeat(Traces.LONGEST))).hasSize(Traces.LONGEST);
    }

    @Test
    void a_long_one_says_how_much_is_missing() {
        assertThat(Traces.of(1).bounded("x".repeat(Traces.LONGEST + 7)))
                .startsWith("xxx")
                .endsWith("\n… 7 more characters");
    }

    @Test
    void thousands_of_failed_tasks_fit_into_a_record() {
        var traces = Traces.of(10_001);
        String each = traces.bounded("ü".repeat(20_000));
        assertThat(10_001L * each.getBytes(StandardCharsets.UTF_8).length).isLessThan(4L << 20);
    }

    @Test
    void no_character_is_cut_in_two() {
        String cut = new Traces(3).bounded("ab\uD83D\uDE00cd");
        assertThat(cut).isEqualTo("ab\n… 4 more characters");
    }
}
