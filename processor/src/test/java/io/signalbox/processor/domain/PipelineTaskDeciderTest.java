package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Pipelines.COPIES;
import static io.signalbox.processor.domain.Pipelines.FOLLOWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CancelPipelineTask;
import io.signalbox.processor.domain.Command.CreatePipeline;
import io.signalbox.processor.domain.Command.CreatePipelineTask;
import io.signalbox.processor.domain.Command.DeletePipeline;
import io.signalbox.processor.domain.Command.PatchPipeline;
import io.signalbox.processor.domain.Command.ReinitializePipeline;
import io.signalbox.processor.domain.Command.ReportPipelineRemoved;
import io.signalbox.processor.domain.Command.ReportPipelineTask;
import io.signalbox.processor.domain.Command.RestartPipeline;
import io.signalbox.processor.domain.Command.RetryPipelineTask;
import io.signalbox.processor.domain.Command.StopPipeline;
import io.signalbox.processor.domain.PipelineTask.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules for tasks: tables of a pipeline that are to be copied once more. */
class PipelineTaskDeciderTest {

    private static final CreatePipelineTask ITEMS = table("items");

    private final Pipelines log = new Pipelines().does(new CreatePipeline("{}", FOLLOWS));

    private static CreatePipelineTask table(String name) {
        return new CreatePipelineTask("public", name, null);
    }

    private PipelineTask last() {
        return log.now().tasks().getLast();
    }

    private void reports(long attempt, State state, String reason, Long retryAfterMs) {
        log.does(new ReportPipelineTask(log.now().uid(), last().id(), attempt, state, reason, retryAfterMs));
    }

    @Test
    void a_task_waits_with_an_id_that_sorts_by_time() {
        log.does(ITEMS);
        var first = last();
        assertThat(first.state()).isEqualTo(State.PENDING);
        assertThat(first.attempt()).isZero();
        assertThat(first.createdAt()).isEqualTo(log.clock());
        assertThat(UUID.fromString(first.id()).version()).isEqualTo(7);
        log.pass(Duration.ofSeconds(-5)).does(table("other"));
        assertThat(last().id()).as("also where the log's clock goes back").isGreaterThan(first.id());
        assertThat(log.now().tasks()).first().isEqualTo(first);
    }

    @Test
    void what_is_still_to_do_is_not_wanted_twice() {
        log.does(ITEMS).does(ITEMS);
        assertThat(log.told()).isEmpty();
        log.does(new CreatePipelineTask("public", "items", "shop"));
        assertThat(log.told()).hasSize(1);
        log.does(ITEMS).does(table("other"));
        assertThat(log.now().tasks()).hasSize(3);
        var first = log.now().tasks().getFirst();
        log.does(new ReportPipelineTask(log.now().uid(), first.id(), 1, State.RUNNING, null, null))
                .does(ITEMS);
        assertThat(log.told()).as("one that is being done is the same, too").isEmpty();
        log.does(new ReportPipelineTask(log.now().uid(), first.id(), 1, State.DONE, null, null))
                .does(ITEMS);
        assertThat(log.now().tasks()).as("what was done can be done again").hasSize(4);
    }

    @Test
    void a_try_begins_and_is_done_and_late_or_repeated_words_of_it_change_nothing() {
        log.does(ITEMS);
        reports(1, State.DONE, null, null);
        assertThat(log.told()).as("it did not begin").isEmpty();
        reports(2, State.RUNNING, null, null);
        assertThat(log.told()).as("that is not its next try").isEmpty();
        reports(1, State.RUNNING, null, null);
        assertThat(last().state()).isEqualTo(State.RUNNING);
        assertThat(last().attempt()).isEqualTo(1);
        reports(1, State.RUNNING, null, null);
        assertThat(log.told()).isEmpty();
        reports(1, State.DONE, null, null);
        assertThat(last().state()).isEqualTo(State.DONE);
        reports(1, State.FAILED, "late", null);
        assertThat(log.told()).isEmpty();
        log.does(new ReportPipelineTask("another", last().id(), 2, State.RUNNING, null, null));
        log.does(new ReportPipelineTask(log.now().uid(), "unknown", 1, State.RUNNING, null, null));
        assertThat(last().state()).isEqualTo(State.DONE);
    }

    @Test
    void one_is_done_at_a_time() {
        log.does(ITEMS).does(table("other"));
        var first = log.now().tasks().getFirst();
        reports(1, State.RUNNING, null, null);
        log.does(new ReportPipelineTask(log.now().uid(), first.id(), 1, State.RUNNING, null, null));
        assertThat(log.told()).isEmpty();
    }

    @Test
    void a_try_that_fails_is_followed_by_another_one_by_the_logs_time_and_a_success_clears_the_reason() {
        log.does(ITEMS);
        reports(1, State.FAILED, "away", 2_000L);
        assertThat(last().state()).isEqualTo(State.PENDING);
        assertThat(last().nextAttemptAt()).isEqualTo(log.clock().plusSeconds(2));
        assertThat(last().reason()).isEqualTo("away");
        assertThat(last().failures()).isEqualTo(1);
        reports(2, State.RUNNING, null, null);
        assertThat(last().nextAttemptAt()).isNull();
        assertThat(last().reason()).isEqualTo("away");
        reports(2, State.DONE, null, null);
        assertThat(last().reason()).isNull();
    }

    @Test
    void what_failed_for_good_or_waits_is_tried_at_once_when_somebody_says_so() {
        log.does(ITEMS);
        reports(1, State.FAILED, "no such table", null);
        assertThat(last().state()).isEqualTo(State.FAILED);
        log.does(new RetryPipelineTask(last().id()));
        assertThat(last().state()).isEqualTo(State.PENDING);
        assertThat(last().failures()).as("it has all its tries again").isZero();
        assertThat(last().attempt()).as("no number is used twice").isEqualTo(1);
        reports(2, State.FAILED, "away", 60_000L);
        log.does(new RetryPipelineTask(last().id()));
        assertThat(last().nextAttemptAt()).isNull();
        reports(3, State.RUNNING, null, null);
        assertThat(log.refuses(new RetryPipelineTask(last().id()))).isEqualTo(RejectionCode.WRONG_TASK_STATE);
        assertThat(log.refuses(new RetryPipelineTask("unknown"))).isEqualTo(RejectionCode.UNKNOWN_TASK);
    }

    @Test
    void only_what_waits_can_be_cancelled() {
        log.does(ITEMS).does(new CancelPipelineTask(last().id()));
        assertThat(last().state()).isEqualTo(State.CANCELLED);
        assertThat(log.refuses(new CancelPipelineTask(last().id()))).isEqualTo(RejectionCode.WRONG_TASK_STATE);
        assertThat(log.refuses(new RetryPipelineTask(last().id()))).isEqualTo(RejectionCode.WRONG_TASK_STATE);
        reports(1, State.RUNNING, null, null);
        assertThat(log.told()).as("it is too late to begin").isEmpty();
        log.does(ITEMS);
        reports(1, State.RUNNING, null, null);
        assertThat(log.refuses(new CancelPipelineTask(last().id()))).isEqualTo(RejectionCode.WRONG_TASK_STATE);
        assertThat(log.refuses(new CancelPipelineTask("unknown"))).isEqualTo(RejectionCode.UNKNOWN_TASK);
    }

    @Test
    void there_are_a_hundred_and_what_is_over_gives_way() {
        for (int i = 0; i < PipelineState.TASKS; i++) {
            log.does(table("t" + i));
        }
        assertThat(log.refuses(table("more"))).isEqualTo(RejectionCode.TOO_MANY_TASKS);
        log.does(table("t5"));
        assertThat(log.told()).as("that one is there").isEmpty();
        String middle = log.now().tasks().get(50).id();
        log.does(new CancelPipelineTask(middle)).does(table("more"));
        assertThat(log.now().tasks())
                .hasSize(PipelineState.TASKS)
                .noneMatch(task -> task.id().equals(middle));
        assertThat(last().name()).isEqualTo("more");
    }

    @Test
    void what_is_disabled_copies_all_or_leaves_has_none() {
        assertThat(log.does(new StopPipeline()).refuses(ITEMS))
                .as("what is stopped does it later")
                .isNull();
        log.does(new PatchPipeline("{}", Pipelines.disabled(FOLLOWS)));
        assertThat(log.refuses(table("other"))).isEqualTo(RejectionCode.DISABLED);
        log.does(new PatchPipeline("{}", COPIES));
        assertThat(last().state()).isEqualTo(State.FAILED);
        assertThat(last().reason()).contains("all its tables");
        assertThat(log.refuses(table("other"))).isEqualTo(RejectionCode.WRONG_TASK_STATE);
        assertThat(log.refuses(new RetryPipelineTask(last().id()))).isEqualTo(RejectionCode.WRONG_TASK_STATE);
        log.does(new DeletePipeline(false));
        assertThat(log.refuses(ITEMS)).isEqualTo(RejectionCode.BEING_DELETED);
        log.does(new ReportPipelineRemoved(log.now().uid(), List.of()));
        assertThat(log.now().tasks()).isEmpty();
        assertThat(log.refuses(ITEMS)).isEqualTo(RejectionCode.NOT_FOUND);
    }

    @Test
    void a_restart_goes_on_with_a_copy_and_a_new_beginning_begins_it_again() {
        log.does(ITEMS);
        reports(1, State.RUNNING, null, null);
        log.prepared().does(new RestartPipeline());
        assertThat(last().state()).isEqualTo(State.RUNNING);
        log.prepared().does(new ReinitializePipeline());
        assertThat(last().state()).isEqualTo(State.PENDING);
        assertThat(last().attempt()).isEqualTo(1);
    }

    @Test
    void a_long_reason_is_cut() {
        assertThat(new ReportPipelineTask("u", "t", 1, State.FAILED, "x".repeat(5_000), null).reason())
                .hasSize(PipelineStatus.MAX_REASON);
    }
}
