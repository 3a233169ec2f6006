package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds after whatever sequence of requests and reports. */
class PipelineProperties {

    /** What a step does, of a pipeline as it is. */
    private interface Step {
        Command.OfPipeline of(PipelineState now);
    }

    private record Timed(Step step, Duration pause) {}

    @Property(tries = 500)
    void a_goal_changes_only_when_somebody_asks_and_run_ids_only_grow(@ForAll("sequences") List<Timed> sequence) {
        var log = new Pipelines();
        String newest = "";
        for (Timed each : sequence) {
            var before = log.now();
            var command = each.step().of(before);
            // Also where the log's clock goes back, as with a new leader of its partition.
            log.pass(each.pause()).decide(command, Precondition.NONE);
            var after = log.now();
            if (after == null) {
                continue;
            }
            assertThat(after.revision())
                    .isEqualTo((before == null ? 0 : before.revision())
                            + log.told().size());
            for (Event event : log.told()) {
                if (event instanceof Event.PipelineCreated) {
                    newest = "";
                }
                if (event instanceof Event.PipelineRunStarted run) {
                    assertThat(run.runId()).as("ids sort by time").isGreaterThan(newest);
                    assertThat(RunId.millis(run.runId()))
                            .isGreaterThanOrEqualTo(log.clock().toEpochMilli());
                    newest = run.runId();
                }
            }
            requireGoal(before, command, after);
            assertThat(after.goal() == Goal.RUN && after.run() == null).isFalse();
            assertThat(after.goal() == Goal.RUN && after.plan().disabled()).isFalse();
            assertThat(after.history()).hasSizeLessThanOrEqualTo(PipelineState.HISTORY);
            requireTasks(after);
            if (command instanceof Command.PipelineReport) {
                assertThat(log.decide(command, Precondition.NONE))
                        .as("told twice: %s", command)
                        .isEqualTo(Decision.accept());
            }
        }
    }

    private static void requireTasks(PipelineState after) {
        assertThat(after.tasks()).hasSizeLessThanOrEqualTo(PipelineState.TASKS);
        assertThat(after.tasks()).extracting(PipelineTask::id).isSorted().doesNotHaveDuplicates();
        assertThat(after.tasks())
                .filteredOn(task -> task.state() == PipelineTask.State.RUNNING)
                .hasSizeLessThanOrEqualTo(1);
        if (!after.present() || after.plan().ends()) {
            assertThat(after.tasks()).noneMatch(task -> task.state().open());
        }
    }

    private static void requireGoal(PipelineState before, Command command, PipelineState after) {
        Goal was = before == null ? Goal.GONE : before.goal();
        Goal is = after.goal();
        switch (command) {
            case Command.ReportPipelineRemoved c -> assertThat(is).isIn(was, Goal.GONE);
            case Command.PipelineReport c -> assertThat(is).as("%s", c).isEqualTo(was);
            case Command.DeletePipeline c -> assertThat(is).isIn(Goal.DELETE, Goal.FORCE_DELETE, Goal.GONE);
            default -> {
                if (was.leaving()) {
                    assertThat(is).as("nothing keeps it from leaving").isEqualTo(was);
                }
            }
        }
        if (was == Goal.FORCE_DELETE && !(command instanceof Command.ReportPipelineRemoved)) {
            assertThat(is).isEqualTo(was);
        }
    }

    @Provide
    Arbitrary<List<Timed>> sequences() {
        return Combinators.combine(steps(), Arbitraries.longs().between(-3, 3_600_000L))
                .as((step, millis) -> new Timed(step, Duration.ofMillis(millis)))
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<Step> steps() {
        Arbitrary<PipelinePlan> plans = Arbitraries.of(
                Pipelines.FOLLOWS,
                Pipelines.COPIES,
                Pipelines.plan("2", false, null, false),
                Pipelines.plan("1", true, new Schedule.Rate(1), false),
                Pipelines.disabled(Pipelines.FOLLOWS),
                Pipelines.disabled(Pipelines.COPIES));
        Arbitrary<PipelineStatus> statuses = Combinators.combine(
                        Arbitraries.of(State.class), Arbitraries.of(Status.class), Arbitraries.of(Component.class))
                .as(PipelineStatus::of);
        return Arbitraries.oneOf(
                plans.map(plan -> now -> new Command.CreatePipeline("{}", plan)),
                plans.map(plan -> now -> new Command.ReplacePipeline("{}", plan)),
                plans.map(plan -> now -> new Command.PatchPipeline("{\"a\":1}", plan)),
                Arbitraries.of(
                        now -> new Command.StartPipeline(),
                        now -> new Command.StopPipeline(),
                        now -> new Command.RestartPipeline(),
                        now -> new Command.ReinitializePipeline(),
                        now -> new Command.DeletePipeline(false),
                        now -> new Command.DeletePipeline(true)),
                Arbitraries.of(
                        now -> new Command.ReportPipelinePrepared(uid(now), run(now), Config.of(Map.of()), null),
                        now -> new Command.ReportPipelineRemoved(uid(now), List.of("slot")),
                        now -> new Command.ReportPipelineRemoved("another", List.of()),
                        now -> new Command.TickPipeline(uid(now), due(now))),
                Arbitraries.of("a", "b").map(table -> now -> new Command.CreatePipelineTask("s", table, null)),
                Arbitraries.of(
                        now -> new Command.CancelPipelineTask(task(now)),
                        now -> new Command.RetryPipelineTask(task(now)),
                        now -> told(now, 1, PipelineTask.State.RUNNING, null),
                        now -> told(now, 1, PipelineTask.State.FAILED, 10L),
                        now -> told(now, 0, PipelineTask.State.FAILED, null),
                        now -> told(now, 0, PipelineTask.State.DONE, null)),
                statuses.map(status -> now -> new Command.ReportPipelineStatus(uid(now), run(now), status)));
    }

    private static String uid(PipelineState now) {
        return now == null ? "none" : now.uid();
    }

    private static String run(PipelineState now) {
        return now == null || now.run() == null ? null : now.run().id();
    }

    private static String task(PipelineState now) {
        return now == null || now.tasks().isEmpty()
                ? "none"
                : now.tasks().getLast().id();
    }

    /** @param ahead of the last try */
    private static Command.OfPipeline told(PipelineState now, int ahead, PipelineTask.State state, Long retryAfterMs) {
        long attempt =
                now == null || now.tasks().isEmpty() ? 0 : now.tasks().getLast().attempt();
        String reason = state == PipelineTask.State.FAILED ? "why" : null;
        return new Command.ReportPipelineTask(uid(now), task(now), attempt + ahead, state, reason, retryAfterMs);
    }

    private static Instant due(PipelineState now) {
        return now == null || now.run() == null
                ? Pipelines.START
                : now.run().anchor().plusSeconds(60);
    }
}
