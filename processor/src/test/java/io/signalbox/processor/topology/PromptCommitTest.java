package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class PromptCommitTest {

    private final PromptCommit commits = new PromptCommit();
    private final MockProcessorContext<byte[], byte[]> one = new MockProcessorContext<>();
    private final MockProcessorContext<byte[], byte[]> other = new MockProcessorContext<>();

    @Test
    void only_what_comes_after_a_pause_is_committed_at_once() {
        assertThat(committedAt(one, 1_000)).isTrue();
        assertThat(committedAt(one, 1_099)).isFalse();
        assertThat(committedAt(one, 1_198)).isFalse();
        assertThat(committedAt(one, 1_298)).isTrue();
    }

    @Test
    void all_tasks_are_committed_together_and_so_the_pause_is_everybodys() {
        assertThat(committedAt(one, 1_000)).isTrue();
        assertThat(committedAt(other, 1_050)).isFalse();
        assertThat(committedAt(one, 1_140)).isFalse();
        assertThat(committedAt(other, 1_240)).isTrue();
    }

    @Test
    void a_clock_that_is_set_back_asks_for_nothing_until_it_has_gone_on_for_a_pause() {
        assertThat(committedAt(one, 9_000)).isTrue();
        assertThat(committedAt(one, 1_000)).isFalse();
        assertThat(committedAt(one, 1_100)).isTrue();
    }

    @Test
    void what_others_wait_for_is_committed_at_once_however_closely_it_comes() {
        assertThat(committedAt(one, 1_000)).isTrue();
        assertThat(committedAt(one, 1_001, true)).isTrue();
        assertThat(committedAt(one, 1_002, true)).isTrue();
        assertThat(committedAt(one, 1_003)).isFalse();
    }

    private boolean committedAt(MockProcessorContext<byte[], byte[]> context, long now) {
        return committedAt(context, now, false);
    }

    private boolean committedAt(MockProcessorContext<byte[], byte[]> context, long now, boolean awaited) {
        context.resetCommit();
        context.setCurrentSystemTimeMs(now);
        commits.processed(context, awaited);
        return context.committed();
    }
}
