package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Pipelines.COPIES;
import static io.signalbox.processor.domain.Pipelines.FOLLOWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Command.CreatePipeline;
import io.signalbox.processor.domain.Command.DeletePipeline;
import io.signalbox.processor.domain.Command.PatchPipeline;
import io.signalbox.processor.domain.Command.ReinitializePipeline;
import io.signalbox.processor.domain.Command.ReplacePipeline;
import io.signalbox.processor.domain.Command.ReportPipelinePrepared;
import io.signalbox.processor.domain.Command.ReportPipelineRemoved;
import io.signalbox.processor.domain.Command.ReportPipelineResealed;
import io.signalbox.processor.domain.Command.ReportPipelineStatus;
import io.signalbox.processor.domain.Command.RestartPipeline;
import io.signalbox.processor.domain.Command.StartPipeline;
import io.signalbox.processor.domain.Command.StopPipeline;
import io.signalbox.processor.domain.Command.TickPipeline;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineDeciderTest {

    private static final String A = "{\"id\":\"orders\"}";
    private static final String B = "{\"id\":\"orders\",\"name\":\"b\"}";
    private static final Schedule HOURLY = new Schedule.Rate(60);
    private static final PipelinePlan HOURLY_COPIES = Pipelines.plan("1", true, HOURLY, false);

    private static final Config SETTINGS = Config.of(Map.of("detail", "found out"));

    private final Pipelines log = new Pipelines();

    private static Pipelines created(PipelinePlan plan) {
        return new Pipelines().does(new CreatePipeline(A, plan));
    }

    private static Pipelines disabled() {
        return created(Pipelines.disabled(FOLLOWS));
    }

    private static Pipelines running() {
        return created(FOLLOWS).prepared().sees(State.REALTIME, Status.HEARTBEAT);
    }

    private static Pipelines stopped() {
        return running().does(new StopPipeline()).sees(State.SHUTDOWN, Status.COMPLETE);
    }

    private static Pipelines complete() {
        return created(COPIES).prepared().sees(State.COMPLETE, Status.COMPLETE);
    }

    private static Pipelines failed() {
        return running().sees(State.REALTIME, Status.FAILED);
    }

    private static Pipelines waiting() {
        return created(HOURLY_COPIES)
                .prepared()
                .sees(State.COMPLETE, Status.COMPLETE)
                .sees(State.SCHEDULED, Status.START);
    }

    private static Pipelines leaving() {
        return running().does(new DeletePipeline(false));
    }

    private static Pipelines gone() {
        var log = leaving();
        return log.does(new ReportPipelineRemoved(log.now().uid(), List.of()));
    }

    /** What each request makes of each situation: the events' types, or the rejection. */
    static Stream<Arguments> requests() {
        var create = new CreatePipeline(A, FOLLOWS);
        var rename = new PatchPipeline(B, FOLLOWS);
        var change = new PatchPipeline(B, Pipelines.plan("2", false, null, false));
        var disable = new PatchPipeline(B, Pipelines.disabled(FOLLOWS));
        String run = "PipelineRunStarted";
        return Stream.of(
                Arguments.of(new Pipelines(), create, "PipelineCreated " + run),
                Arguments.of(new Pipelines(), new ReplacePipeline(A, FOLLOWS), "PipelineCreated " + run),
                Arguments.of(new Pipelines(), new CreatePipeline(A, Pipelines.disabled(FOLLOWS)), "PipelineCreated"),
                Arguments.of(new Pipelines(), rename, "NOT_FOUND"),
                Arguments.of(new Pipelines(), new StartPipeline(), "NOT_FOUND"),
                Arguments.of(new Pipelines(), new DeletePipeline(true), "NOT_FOUND"),
                Arguments.of(running(), create, "ALREADY_EXISTS"),
                Arguments.of(running(), new ReplacePipeline(A, FOLLOWS), ""),
                Arguments.of(running(), new ReplacePipeline(B, FOLLOWS), "PipelineReplaced"),
                Arguments.of(running(), rename, "PipelinePatched"),
                Arguments.of(running(), change, "PipelinePatched " + run),
                Arguments.of(running(), disable, "PipelinePatched"),
                Arguments.of(running(), new StartPipeline(), ""),
                Arguments.of(running(), new StopPipeline(), "PipelineStopped"),
                Arguments.of(running(), new RestartPipeline(), run),
                Arguments.of(running(), new ReinitializePipeline(), run),
                Arguments.of(running(), new DeletePipeline(false), "PipelineDeleteAsked"),
                Arguments.of(stopped(), change, "PipelinePatched"),
                Arguments.of(stopped(), new StopPipeline(), ""),
                Arguments.of(stopped(), new StartPipeline(), "PipelineStarted " + run),
                Arguments.of(stopped(), new RestartPipeline(), "PipelineStarted " + run),
                Arguments.of(stopped(), new ReinitializePipeline(), "PipelineStarted " + run),
                Arguments.of(disabled(), new StartPipeline(), "DISABLED"),
                Arguments.of(disabled(), new RestartPipeline(), "DISABLED"),
                Arguments.of(disabled(), new ReinitializePipeline(), "DISABLED"),
                Arguments.of(disabled(), new StopPipeline(), ""),
                Arguments.of(disabled(), rename, "PipelinePatched " + run),
                Arguments.of(disabled(), disable, "PipelinePatched"),
                Arguments.of(complete(), new StartPipeline(), run),
                Arguments.of(failed(), new StartPipeline(), run),
                Arguments.of(failed(), change, "PipelinePatched " + run),
                Arguments.of(waiting(), new StartPipeline(), ""),
                Arguments.of(waiting(), new RestartPipeline(), run),
                Arguments.of(leaving(), create, "BEING_DELETED"),
                Arguments.of(leaving(), new ReplacePipeline(A, FOLLOWS), "BEING_DELETED"),
                Arguments.of(leaving(), change, "BEING_DELETED"),
                Arguments.of(leaving(), new StartPipeline(), "BEING_DELETED"),
                Arguments.of(leaving(), new DeletePipeline(false), ""),
                Arguments.of(leaving(), new DeletePipeline(true), "PipelineDeleteAsked"),
                Arguments.of(gone(), create, "PipelineCreated " + run),
                Arguments.of(gone(), new StopPipeline(), "NOT_FOUND"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_means_this(Pipelines situation, Command.OfPipeline request, String outcome) {
        situation.pass(Duration.ofSeconds(1));
        String made = switch (situation.decide(request, Precondition.NONE)) {
            case Decision.Rejected refused -> refused.rejection().code().name();
            case Decision.Accepted accepted ->
                String.join(
                        " ",
                        accepted.events().stream()
                                .map(event -> event.getClass().getSimpleName())
                                .toList());
        };
        assertThat(made).isEqualTo(outcome);
    }

    @Test
    void what_follows_changes_goes_on_where_it_was_and_what_copies_begins_anew() {
        assertThat(running().does(new RestartPipeline()).now().run().reset()).isFalse();
        assertThat(stopped().does(new StartPipeline()).now().run().reset()).isFalse();
        assertThat(running().does(new ReinitializePipeline()).now().run().reset())
                .isTrue();
        assertThat(created(COPIES).now().run().reset()).isFalse();
        assertThat(complete().does(new StartPipeline()).now().run().reset()).isTrue();
        assertThat(complete().does(new RestartPipeline()).now().run().reset()).isTrue();
        assertThat(complete().does(new PatchPipeline(B, FOLLOWS)).now().run().reset())
                .as("there were no changes followed since it was copied")
                .isTrue();
    }

    @Test
    void a_reset_that_was_not_done_yet_is_still_to_be_done() {
        log.does(new CreatePipeline(A, FOLLOWS)).prepared().does(new ReinitializePipeline());
        assertThat(log.does(new RestartPipeline()).now().run().reset()).isTrue();
        assertThat(log.prepared().does(new RestartPipeline()).now().run().reset())
                .isFalse();
    }

    @Test
    void what_was_left_behind_is_cleared_away_before_it_is_used_again() {
        log.does(new CreatePipeline(A, FOLLOWS)).does(new DeletePipeline(true));
        log.does(new ReportPipelineRemoved(log.now().uid(), List.of("slot supermetal_orders")));
        assertThat(log.now().present()).isFalse();
        assertThat(log.now().leftBehind()).containsExactly("slot supermetal_orders");
        assertThat(log.now().definition()).isEmpty();
        log.does(new CreatePipeline(A, FOLLOWS));
        assertThat(log.now().run().reset()).isTrue();
        assertThat(log.now().leftBehind()).isEmpty();
    }

    @Test
    void only_news_of_this_incarnation_and_this_run_is_heard() {
        log.does(new CreatePipeline(A, FOLLOWS));
        String uid = log.now().uid();
        String first = log.now().run().id();
        var streaming = PipelineStatus.of(State.REALTIME, Status.HEARTBEAT, Component.SOURCE);
        assertThat(log.does(new ReportPipelineStatus(uid, first, streaming)).told())
                .containsExactly(new Event.PipelinePhaseChanged(first, streaming));
        assertThat(log.does(new ReportPipelineStatus(uid, first, streaming)).told())
                .isEmpty();
        assertThat(log.does(new ReportPipelinePrepared(uid, first, SETTINGS, "late: a.b"))
                        .told())
                .containsExactly(new Event.PipelinePrepared(first, SETTINGS, "late: a.b"));
        assertThat(log.does(new ReportPipelinePrepared(uid, first, SETTINGS, "late: a.b"))
                        .told())
                .isEmpty();
        assertThat(log.now().source().get("detail")).isEqualTo("found out");
        assertThat(log.now().run().warning()).isEqualTo("late: a.b");
        log.does(new RestartPipeline());
        assertThat(log.now().source()).as("another run finds out for itself").isEqualTo(FOLLOWS.source());
        var done = PipelineStatus.of(State.COMPLETE, Status.COMPLETE, Component.TARGET);
        assertThat(log.does(new ReportPipelineStatus(uid, first, done)).told()).isEmpty();
        assertThat(log.does(new ReportPipelineStatus(uid, null, done)).told()).isEmpty();
        assertThat(log.does(new ReportPipelinePrepared(uid, first, SETTINGS, "late: a.b"))
                        .told())
                .isEmpty();
        String second = log.now().run().id();
        assertThat(log.does(new ReportPipelineStatus("another", second, done)).told())
                .isEmpty();
        assertThat(log.does(new ReportPipelineRemoved(uid, List.of())).told())
                .as("nobody asked for it")
                .isEmpty();
        assertThat(log.does(new ReportPipelineStatus(uid, second, done)).told())
                .containsExactly(new Event.PipelineCompleted(second, done));
    }

    @Test
    void a_failure_for_good_is_an_event_of_its_own_and_a_retry_is_none() {
        log.does(new CreatePipeline(A, FOLLOWS));
        String run = log.now().run().id();
        var retry = new PipelineStatus(State.SNAPSHOT, Status.RETRY, "no route", Component.SOURCE, 1, null);
        var failed = new PipelineStatus(State.SNAPSHOT, Status.FAILED, "no route", Component.SOURCE, null, null);
        assertThat(log.does(new ReportPipelineStatus(log.now().uid(), run, retry))
                        .told())
                .containsExactly(new Event.PipelinePhaseChanged(run, retry));
        assertThat(log.does(new ReportPipelineStatus(log.now().uid(), run, failed))
                        .told())
                .containsExactly(new Event.PipelineFailed(run, failed));
        assertThat(log.now().status().at()).isEqualTo(log.clock());
    }

    @Test
    void a_schedule_begins_a_run_once_for_each_moment_when_the_one_before_is_over() {
        log.does(new CreatePipeline(A, HOURLY_COPIES)).prepared();
        String uid = log.now().uid();
        var due = log.clock().plus(Duration.ofHours(1));
        log.pass(Duration.ofHours(1));
        assertThat(log.does(new TickPipeline(uid, due)).told())
                .as("it is still at it")
                .isEmpty();
        log.sees(State.COMPLETE, Status.COMPLETE);
        assertThat(log.does(new TickPipeline(uid, due)).told())
                .containsExactly(new Event.PipelineRunStarted(log.now().run().id(), Run.Cause.SCHEDULE, due, true));
        log.prepared().sees(State.COMPLETE, Status.COMPLETE);
        assertThat(log.does(new TickPipeline(uid, due)).told())
                .as("somebody else was late")
                .isEmpty();
        var ahead = log.clock().plus(Duration.ofSeconds(30));
        assertThat(log.does(new TickPipeline(uid, ahead)).told()).hasSize(1);
        log.prepared().sees(State.COMPLETE, Status.COMPLETE);
        assertThat(log.does(new TickPipeline(uid, ahead)).told())
                .as("their clocks are ahead of the log's")
                .isEmpty();
    }

    @Test
    void who_is_stopped_or_has_no_schedule_is_not_begun() {
        var due = Pipelines.START.plus(Duration.ofDays(1));
        for (Pipelines situation : List.of(complete(), waiting().does(new StopPipeline()), failed(), leaving())) {
            assertThat(situation
                            .does(new TickPipeline(situation.now().uid(), due))
                            .told())
                    .isEmpty();
        }
    }

    @Test
    void secrets_that_are_sealed_anew_change_nothing_else() {
        var log = running();
        var before = log.now();
        var plan = Pipelines.plan("1-sealed-anew", false, null, false);
        assertThat(log.does(new ReportPipelineResealed(before.uid(), before.definitionRevision() + 1, B, plan))
                        .told())
                .as("of another definition")
                .isEmpty();
        log.does(new ReportPipelineResealed(before.uid(), before.definitionRevision(), B, plan));
        assertThat(log.now().plan()).isEqualTo(plan);
        assertThat(log.now().definition()).isEqualTo(B);
        assertThat(log.now().definitionRevision()).isEqualTo(before.definitionRevision());
        assertThat(log.now().run()).isEqualTo(before.run());
        assertThat(log.now().status()).isEqualTo(before.status());
        assertThat(log.does(new ReportPipelineResealed(before.uid(), before.definitionRevision(), B, plan))
                        .told())
                .isEmpty();
    }

    @Test
    void a_precondition_is_of_the_pipeline_or_of_its_definition() {
        var log = running();
        var stop = new StopPipeline();
        long definition = log.now().definitionRevision();
        assertThat(definition).isEqualTo(1).isLessThan(log.now().revision());
        assertThat(log.refuses(stop, new Precondition(Set.of(Precondition.tag(definition)), null)))
                .isEqualTo(RejectionCode.PRECONDITION_FAILED);
        assertThat(log.refuses(new CreatePipeline(A, FOLLOWS), new Precondition(null, Set.of("*"))))
                .isEqualTo(RejectionCode.PRECONDITION_FAILED);
        assertThat(log.refuses(stop, new Precondition(Set.of(Precondition.configTag(definition)), null)))
                .isNull();
        assertThat(log.now().goal()).isEqualTo(Goal.STOP);
    }

    @Test
    void the_history_is_every_status_and_bounded() {
        var log = running();
        assertThat(log.now().history())
                .extracting(moment ->
                        moment.status().state() + " " + moment.status().status())
                .containsExactly("START START", "REALTIME HEARTBEAT");
        assertThat(log.now().history())
                .allSatisfy(moment ->
                        assertThat(moment.runId()).isEqualTo(log.now().run().id()));
        for (int i = 0; i < PipelineState.HISTORY; i++) {
            log.sees(State.SNAPSHOT, i % 2 == 0 ? Status.HEARTBEAT : Status.RETRY);
        }
        assertThat(log.now().history()).hasSize(PipelineState.HISTORY);
        assertThat(log.now().history().getLast().status()).isEqualTo(log.now().status());
        assertThat(log.now().history().getFirst().status().state()).isEqualTo(State.SNAPSHOT);
    }

    @Test
    void what_is_disabled_has_no_run_and_says_so() {
        assertThat(disabled().now().run()).isNull();
        assertThat(disabled().now().status().state()).isEqualTo(State.DISABLED);
        assertThat(disabled().now().status().status()).isEqualTo(Status.COMPLETE);
        assertThat(disabled().now().history())
                .singleElement()
                .satisfies(moment -> assertThat(moment.runId()).isNull());
        var again = running().does(new PatchPipeline(A, Pipelines.disabled(FOLLOWS)));
        assertThat(again.now().goal()).isEqualTo(Goal.STOP);
        assertThat(again.now().status().status())
                .as("its connectors are to be stopped first")
                .isEqualTo(Status.START);
    }

    @Test
    void its_key_is_no_connectors_and_says_how_its_parts_are_called() {
        var key = new PipelineKey("prod", "a", "My-Pipe_1");
        assertThat(AggregateKey.parse("@pipeline/prod/a/My-Pipe_1")).isEqualTo(key);
        assertThat(key).hasToString("@pipeline/prod/a/My-Pipe_1");
        assertThat(key.source()).hasToString("prod/a/sm.My-Pipe_1.source");
        assertThat(key.sink()).hasToString("prod/a/sm.My-Pipe_1.sink");
        assertThat(key.topics()).isEqualTo("sm.My-Pipe_1");
        assertThat(key.slot()).isEqualTo("supermetal_my_pipe_1");
        for (String wrong : List.of(
                "@pipeline/prod",
                "@pipeline/prod/a",
                "@pipeline/prod/a/b/c",
                "@pipeline/prod/a/b.c",
                "@pipeline//a/b")) {
            assertThatThrownBy(() -> AggregateKey.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(PipelineKey.legal("a".repeat(30))).isTrue();
        assertThat(PipelineKey.legal("a".repeat(31))).isFalse();
        assertThat(PipelineKey.legal("")).isFalse();
    }

    @Test
    void a_schedule_is_read_as_it_is_written() {
        for (Schedule schedule : List.of(HOURLY, new Schedule.Cron("*/5 0 1-3 * MON", "America/Argentina/La_Rioja"))) {
            assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule);
        }
        for (String wrong :
                List.of("", "rate", "rate 0", "rate 4294967296", "rate x", "cron UTC", "every 5", "cron  * * * * *")) {
            assertThatThrownBy(() -> Schedule.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_long_reason_is_cut_and_a_definition_is_not_printed() {
        assertThat(new PipelineStatus(State.START, Status.FAILED, "x".repeat(5_000), Component.SOURCE, null, null)
                        .reason())
                .hasSize(PipelineStatus.MAX_REASON);
        String printed = new CreatePipeline("secret", FOLLOWS) + " " + new PatchPipeline("secret", FOLLOWS)
                + new ReplacePipeline("secret", FOLLOWS) + new Event.PipelineCreated("u", "secret", FOLLOWS)
                + new Event.PipelinePatched("secret", FOLLOWS) + new Event.PipelineReplaced("secret", FOLLOWS)
                + new Event.PipelineResealed("secret", FOLLOWS)
                + new ReportPipelineResealed("u", 1, "secret", FOLLOWS)
                + new Pipelines().does(new CreatePipeline("secret", FOLLOWS)).now();
        assertThat(printed).doesNotContain("secret");
    }
}
