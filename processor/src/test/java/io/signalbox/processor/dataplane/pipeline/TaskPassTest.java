package io.signalbox.processor.dataplane.pipeline;

import static io.signalbox.processor.dataplane.pipeline.ConductorTest.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineTask;
import io.signalbox.processor.domain.PipelineTask.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a conductor makes of the tasks of a pipeline that runs; {@link ConductorKilledTest} breaks it off. */
class TaskPassTest {

    static final Command ITEMS = new Command.CreatePipelineTask("public", "items", null);

    private final World world = new World();

    @BeforeEach
    void runs() {
        world.tell(KEY, ConductorTest.create());
        world.conduct(KEY);
        assertThat(state()).isEqualTo(PipelineStatus.State.REALTIME);
    }

    private PipelineState now() {
        return world.log.pipeline(KEY);
    }

    private PipelineStatus.State state() {
        return now().status().state();
    }

    private PipelineTask task() {
        return now().tasks().getLast();
    }

    private void asked() {
        world.tell(KEY, ITEMS);
        world.conduct(KEY);
    }

    /** Looks on for that long. */
    private void conduct(Duration time) {
        var until = world.now().plus(time);
        var conductor = world.conductor();
        while (world.now().isBefore(until)) {
            world.pass(conductor.look(now()));
        }
    }

    @Test
    void a_table_is_copied_once_more_and_is_done_when_the_sink_has_it() {
        long before = world.written;
        asked();
        assertThat(task().state()).isEqualTo(State.DONE);
        assertThat(task().attempt()).isEqualTo(1);
        assertThat(world.copied).containsOnlyKeys(task().id() + ".1");
        assertThat(world.written - before).isGreaterThanOrEqualTo(10);
        assertThat(world.log.events(KEY.source())).containsOnlyOnce("OffsetsAltered");
        assertThat(world.remains()).isEqualTo(ConductorTest.ALL);
        assertThat(world.wrongs).isEmpty();
        assertThat(now().history())
                .as("the pipeline runs on")
                .last()
                .satisfies(moment -> assertThat(moment.status().state()).isEqualTo(PipelineStatus.State.REALTIME));
    }

    @Test
    void it_is_not_done_before_the_sink_has_committed() {
        world.commits = false;
        world.tell(KEY, ITEMS);
        conduct(Duration.ofMinutes(10));
        assertThat(task().state()).isEqualTo(State.RUNNING);
        world.commits = true;
        world.conduct(KEY);
        assertThat(task().state()).isEqualTo(State.DONE);
    }

    @Test
    void tasks_are_done_one_after_the_other() {
        world.tell(KEY, ITEMS);
        world.tell(KEY, new Command.CreatePipelineTask("public", "other", null));
        world.conduct(KEY);
        conduct(Duration.ofMinutes(1));
        assertThat(now().tasks()).extracting(PipelineTask::state).containsOnly(State.DONE);
        assertThat(world.log.events(KEY).stream().filter(event -> event.startsWith("PipelineTask")))
                .containsExactly(
                        "PipelineTaskCreated",
                        "PipelineTaskCreated",
                        "PipelineTaskStarted",
                        "PipelineTaskDone",
                        "PipelineTaskStarted",
                        "PipelineTaskDone");
    }

    @Test
    void a_table_that_cannot_be_copied_fails_with_the_reason_and_without_stopping_anything() {
        world.obstacle = "there is no such table";
        asked();
        assertThat(task().state()).isEqualTo(State.FAILED);
        assertThat(task().reason()).isEqualTo("public.items: there is no such table");
        assertThat(world.log.events(KEY.source())).doesNotContain("ConnectorStopped");
        world.obstacle = null;
        world.tell(KEY, new Command.RetryPipelineTask(task().id()));
        world.conduct(KEY);
        assertThat(task().state()).isEqualTo(State.DONE);
        assertThat(task().attempt()).isEqualTo(2);
        assertThat(task().reason()).isNull();
    }

    @Test
    void a_name_that_the_source_could_not_begin_again_with_is_not_put_there() {
        world.tell(KEY, new Command.CreatePipelineTask("public", "two words", null));
        world.conduct(KEY);
        assertThat(task().state()).isEqualTo(State.FAILED);
        assertThat(task().reason()).startsWith("public.two words: in its name is a space");
        assertThat(world.copied).isEmpty();
    }

    @Test
    void what_fails_is_tried_again_later_and_later_and_in_the_end_not_any_more() {
        world.copyEnds = "SQL_EXCEPTION";
        world.tell(KEY, ITEMS);
        conduct(Duration.ofMinutes(10));
        assertThat(task().state()).isEqualTo(State.FAILED);
        assertThat(task().attempt()).isEqualTo(world.pace().tries() + 1);
        assertThat(task().reason()).contains("did not answer a query");
        assertThat(state()).as("it is nothing to the pipeline").isEqualTo(PipelineStatus.State.REALTIME);
        assertThat(world.log.events(KEY)).doesNotContain("PipelineFailed");
        world.copyEnds = "EMPTY";
        world.tell(KEY, new Command.RetryPipelineTask(task().id()));
        world.conduct(KEY);
        assertThat(task().state()).isEqualTo(State.DONE);
    }

    @Test
    void a_database_that_is_away_is_asked_again_and_one_that_refuses_is_not() {
        world.refusing.put("obstacle", new SystemException(SystemException.Kind.UNREACHABLE, "db: no answer"));
        world.tell(KEY, ITEMS);
        conduct(Duration.ofSeconds(4));
        assertThat(task().state()).isEqualTo(State.PENDING);
        assertThat(task().nextAttemptAt()).isNotNull();
        assertThat(task().reason()).isEqualTo("db: no answer");
        world.refusing.put("obstacle", new SystemException(SystemException.Kind.REFUSED, "no password hunter22"));
        conduct(Duration.ofMinutes(1));
        assertThat(task().state()).isEqualTo(State.FAILED);
        assertThat(task().reason()).as("secrets are taken out").doesNotContain("hunter22");
    }

    @Test
    void a_source_that_was_not_made_ready_for_it_says_so() {
        world.ready = new SourceReady(Map.of(), List.of(), List.of(), true);
        world.tell(KEY, new Command.RestartPipeline());
        world.conduct(KEY);
        asked();
        assertThat(task().state()).isEqualTo(State.FAILED);
        assertThat(task().reason()).contains("PostgreSQL 13");
    }

    @Test
    void what_is_stopped_does_it_when_it_runs_again_and_what_is_cancelled_is_not_done() {
        world.tell(KEY, new Command.StopPipeline());
        world.conduct(KEY);
        asked();
        assertThat(task().state()).isEqualTo(State.PENDING);
        world.tell(KEY, new Command.CreatePipelineTask("public", "other", null));
        world.tell(KEY, new Command.CancelPipelineTask(task().id()));
        world.tell(KEY, new Command.StartPipeline());
        world.conduct(KEY);
        conduct(Duration.ofMinutes(1));
        assertThat(now().tasks()).extracting(PipelineTask::state).containsExactly(State.DONE, State.CANCELLED);
        assertThat(world.copied).hasSize(1);
    }

    @Test
    void a_copy_that_nothing_is_heard_of_is_tried_again() {
        world.copyEnds = null;
        world.tell(KEY, ITEMS);
        conduct(Duration.ofMinutes(1));
        assertThat(task().state()).isEqualTo(State.RUNNING);
        world.copyEnds = "SUCCEEDED";
        conduct(world.pace().quiet().plusMinutes(1));
        assertThat(task().state()).isEqualTo(State.DONE);
        assertThat(task().attempt()).isEqualTo(2);
    }

    @Test
    void a_source_that_does_not_stop_is_not_kept_from_running() {
        world.workerAway = true;
        world.tell(KEY, ITEMS);
        conduct(world.pace().hold().plusSeconds(5));
        assertThat(task().reason()).contains("could not be stopped");
        world.workerAway = false;
        conduct(Duration.ofMinutes(2));
        assertThat(task().state()).isEqualTo(State.DONE);
        assertThat(state()).isEqualTo(PipelineStatus.State.REALTIME);
    }

    @Test
    void a_new_beginning_in_the_midst_of_a_copy_copies_it_again() {
        world.copyEnds = null;
        world.tell(KEY, ITEMS);
        conduct(Duration.ofSeconds(20));
        assertThat(task().state()).isEqualTo(State.RUNNING);
        world.copyEnds = "SUCCEEDED";
        world.tell(KEY, new Command.ReinitializePipeline());
        world.conduct(KEY);
        conduct(Duration.ofMinutes(1));
        assertThat(task().state()).isEqualTo(State.DONE);
        assertThat(task().attempt()).isEqualTo(2);
    }
}
