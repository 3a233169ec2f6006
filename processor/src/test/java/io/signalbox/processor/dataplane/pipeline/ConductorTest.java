package io.signalbox.processor.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.Goal;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineMoment;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.Rejection;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.Run;
import io.signalbox.processor.domain.Schedule;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.secrets.References;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a conductor makes of pipelines, all calls of which are answered; {@link ConductorKilledTest} breaks it off. */
class ConductorTest {

    static final PipelineKey KEY = new PipelineKey("default", "local", "orders");
    static final Set<String> ALL = Set.of(
            "slot supermetal_orders",
            "publication supermetal_orders",
            "topic sm.orders.public.t",
            "topic sm.orders-notifications",
            "group connect-sm.orders.sink",
            "offsets of sm.orders.source",
            "connector sm.orders.source",
            "connector sm.orders.sink");

    private final World world = new World();

    static PipelinePlan plan(String detail, boolean ends, Schedule schedule, boolean disabled) {
        return plan(KEY, detail, ends, schedule, disabled);
    }

    static PipelinePlan plan(PipelineKey key, String detail, boolean ends, Schedule schedule, boolean disabled) {
        var source = Config.of(Map.of(
                "connector.class", "Source",
                "detail", detail,
                "topic.prefix", key.topics(),
                "slot.name", key.slot(),
                "publication.name", key.slot(),
                "notification.sink.topic.name", key.topics() + "-notifications",
                "database.password", World.SEALER.seal(key.source(), "database.password", "hunter22")));
        var sink = Config.of(Map.of(
                "connector.class",
                "Sink",
                "topics.regex",
                "sm\\." + key.id() + "\\..*",
                "connection.password",
                World.SEALER.seal(key.sink(), "connection.password", "secret")));
        return new PipelinePlan(source, sink, ends, schedule, disabled, true);
    }

    static Command create() {
        return new Command.CreatePipeline("{}", plan("1", false, null, false));
    }

    private PipelineState now() {
        return world.log.pipeline(KEY);
    }

    private String status() {
        return now().status().state() + "/" + now().status().status();
    }

    private List<String> history() {
        return now().history().stream()
                .map(PipelineMoment::status)
                .map(status -> status.state() + "/" + status.status())
                .toList();
    }

    private void running() {
        world.tell(KEY, create());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void a_pipeline_is_created_in_order_and_each_thing_once() {
        running();
        assertThat(history()).containsExactly("START/START", "INITIALIZE/START", "REALTIME/HEARTBEAT");
        assertThat(world.remains()).isEqualTo(ALL);
        assertThat(world.wrongs).isEmpty();
        assertThat(world.log.events(KEY.source()))
                .containsOnlyOnce("ConnectorCreated")
                .doesNotContain("ConnectorConfigChanged");
        assertThat(world.log.events(KEY.sink()))
                .containsOnlyOnce("ConnectorCreated")
                .doesNotContain("ConnectorConfigChanged");
        assertThat(world.log.events())
                .filteredOn(event -> event.key().equals(KEY.source()) && event.revision() == 1)
                .allSatisfy(event -> assertThat(event.actor()).isEqualTo("pipeline@default/local/orders"));
        int commands = world.log.commands();
        world.conduct(KEY);
        assertThat(world.log.commands()).as("it is as it should be").isEqualTo(commands);
    }

    @Test
    void the_snapshot_is_told_while_it_lasts() {
        world.phase = Phases.Phase.COPIES;
        world.tell(KEY, create());
        var conductor = world.conductor();
        for (int i = 0; i < 50; i++) {
            conductor.look(now());
            world.pass(Duration.ofMillis(250));
        }
        assertThat(status()).isEqualTo("SNAPSHOT/HEARTBEAT");
        world.phase = Phases.Phase.COPIED;
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void a_copy_that_was_begun_twice_is_swept_while_the_source_is_stopped() {
        world.copies = 2;
        world.astray = 7;
        running();
        assertThat(world.astray).isZero();
        assertThat(world.wrongs).isEmpty();
        assertThat(history()).containsSubsequence("INITIALIZE/START", "SNAPSHOT/WARNING", "REALTIME/HEARTBEAT");
        assertThat(now().history())
                .extracting(moment -> moment.status().reason())
                .contains("The copy was begun more than once: rows that are gone at the source are deleted");
        assertThat(world.log.connector(KEY.source()).targetState()).isEqualTo(TargetState.RUNNING);
        assertThat(world.log.events(KEY.source())).doesNotContain("OffsetsReset");
    }

    /** Its worker died before it had committed that it was there. */
    @Test
    void one_that_follows_changes_and_copies_again_is_swept_then() {
        running();
        world.copies = 2;
        world.astray = 7;
        world.phase = Phases.Phase.COPIES;
        world.pass(Duration.ofSeconds(30));
        world.conduct(KEY);
        assertThat(status()).isEqualTo("SNAPSHOT/HEARTBEAT");
        assertThat(world.astray).isEqualTo(7);
        world.phase = Phases.Phase.COPIED;
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        assertThat(world.astray).isZero();
        assertThat(world.wrongs).isEmpty();
    }

    /** A source that is stopped before would copy everything once more. */
    @Test
    void a_sweep_waits_until_the_end_of_the_copy_is_committed() {
        world.copies = 2;
        world.astray = 7;
        world.open = true;
        world.tell(KEY, create());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("SNAPSHOT/HEARTBEAT");
        assertThat(world.astray).isEqualTo(7);
        assertThat(world.log.events(KEY.source())).doesNotContain("ConnectorStopped");
        world.open = false;
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        assertThat(world.astray).isZero();
        assertThat(world.log.events(KEY.source())).contains("ConnectorStopped");
    }

    /** Its worker died after it had told that it begins to copy. */
    @Test
    void a_copy_that_the_source_takes_for_done_is_begun_once_more() {
        world.forgets = true;
        running();
        assertThat(world.forgotten).isNull();
        assertThat(world.written).isGreaterThanOrEqualTo(100);
        assertThat(world.copies).as("swept").isEqualTo(1);
        assertThat(world.wrongs).isEmpty();
        assertThat(world.log.events(KEY.source()))
                .filteredOn("OffsetsReset"::equals)
                .hasSize(1);
        assertThat(now().history())
                .extracting(moment -> moment.status().reason())
                .contains("The copy was broken off, and the source took it for done: it is begun once more");
        assertThat(world.log.connector(KEY.source()).targetState()).isEqualTo(TargetState.RUNNING);
    }

    @Test
    void a_sweep_that_fails_is_told_and_tried_again() {
        world.copies = 2;
        world.astray = 7;
        world.sweepFails = new IllegalStateException("no broker");
        world.tell(KEY, create());
        var conductor = world.conductor();
        for (int i = 0; i < 100 && now().status().status() != Status.RETRY; i++) {
            world.pass(conductor.look(now()));
        }
        assertThat(now().status().reason()).isEqualTo("Kafka: no broker");
        assertThat(now().status().component()).isEqualTo(Component.BUFFER);
        world.sweepFails = null;
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        assertThat(world.astray).isZero();
    }

    @Test
    void a_sink_that_is_far_behind_is_told_of_until_it_is_not() {
        running();
        world.backlog = Topics.Backlog.AGEING;
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/WARNING");
        assertThat(now().status().reason()).isEqualTo(Unread.AGEING);
        assertThat(now().status().component()).isEqualTo(Component.BUFFER);
        world.backlog = Topics.Backlog.FRESH;
        world.pass(Duration.ofMinutes(2));
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void that_it_cannot_be_told_how_far_behind_a_sink_is_keeps_nothing_from_running() {
        world.backlogUnknown = new IllegalStateException("not authorized");
        running();
    }

    @Test
    void what_was_lost_is_told_for_the_rest_of_the_run() {
        running();
        world.backlog = Topics.Backlog.LOST;
        world.conduct(KEY);
        assertThat(now().status().reason()).isEqualTo(Unread.LOST);
        world.backlog = Topics.Backlog.FRESH;
        world.pass(Duration.ofMinutes(2));
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/WARNING");
        assertThat(now().status().reason()).isEqualTo(Unread.LOST);
        world.tell(KEY, new Command.ReinitializePipeline());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void what_is_stopped_holds_still_and_what_is_started_goes_on() {
        running();
        world.tell(KEY, new Command.StopPipeline());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("SHUTDOWN/COMPLETE");
        assertThat(world.log.connector(KEY.source()).targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(world.log.connector(KEY.sink()).targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(world.remains()).isEqualTo(ALL);
        String before = now().run().id();
        world.tell(KEY, new Command.StartPipeline());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        assertThat(now().run().id()).isGreaterThan(before);
        assertThat(world.offsets).contains(KEY.source());
        assertThat(world.log.events(KEY.source())).doesNotContain("ResetOffsetsRequested");
    }

    @Test
    void a_restart_restarts_both_once() {
        running();
        world.tell(KEY, new Command.RestartPipeline());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        assertThat(world.log.events(KEY.source())).containsOnlyOnce("RestartRequested");
        assertThat(world.log.events(KEY.sink())).containsOnlyOnce("RestartRequested");
    }

    @Test
    void what_is_initialized_again_begins_from_nothing() {
        running();
        world.tell(KEY, new Command.ReinitializePipeline());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        assertThat(world.log.events(KEY.source())).containsOnlyOnce("OffsetsReset");
        assertThat(world.wrongs).isEmpty();
        assertThat(world.remains()).isEqualTo(ALL);
    }

    @Test
    void what_is_deleted_leaves_nothing() {
        running();
        world.tell(KEY, new Command.DeletePipeline(false));
        var before = world.now();
        world.conduct(KEY);
        assertThat(now().goal()).isEqualTo(Goal.GONE);
        assertThat(world.remains()).isEmpty();
        assertThat(world.wrongs).isEmpty();
        assertThat(now().leftBehind()).isEmpty();
        assertThat(Duration.between(before, world.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void the_sink_may_empty_the_topics_first_but_not_for_long() {
        running();
        world.commits = false;
        world.uncommitted = 5;
        world.tell(KEY, new Command.DeletePipeline(false));
        var before = world.now();
        world.conduct(KEY);
        assertThat(now().goal()).isEqualTo(Goal.GONE);
        assertThat(Duration.between(before, world.now())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
    }

    @Test
    void what_never_ran_is_deleted_as_well() {
        world.tell(KEY, create());
        world.tell(KEY, new Command.DeletePipeline(false));
        world.conduct(KEY);
        assertThat(now().goal()).isEqualTo(Goal.GONE);
        assertThat(world.log.connectors()).isEmpty();
    }

    @Test
    void disabled_is_not_running_and_enabled_is() {
        world.tell(KEY, new Command.CreatePipeline("{}", plan("1", false, null, true)));
        world.conduct(KEY);
        assertThat(status()).isEqualTo("DISABLED/COMPLETE");
        assertThat(world.remains()).isEmpty();
        world.tell(KEY, new Command.PatchPipeline("{\"a\":1}", plan("1", false, null, false)));
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        world.tell(KEY, new Command.PatchPipeline("{\"a\":2}", plan("1", false, null, true)));
        world.conduct(KEY);
        assertThat(status()).isEqualTo("DISABLED/COMPLETE");
        assertThat(world.log.connector(KEY.sink()).targetState()).isEqualTo(TargetState.STOPPED);
    }

    @Test
    void a_changed_plan_is_put_on_the_connectors() {
        running();
        world.tell(KEY, new Command.PatchPipeline("{\"a\":1}", plan("2", false, null, false)));
        world.conduct(KEY);
        assertThat(world.log.connector(KEY.source()).config().get("detail")).isEqualTo("2");
        assertThat(world.log.events(KEY.source())).containsOnlyOnce("ConnectorConfigChanged");
        assertThat(world.log.events(KEY.sink())).doesNotContain("ConnectorConfigChanged");
    }

    @Test
    void what_was_found_out_about_the_source_is_put_over_its_config_and_what_is_not_done_is_said() {
        world.ready = new SourceReady(
                Map.of("detail", "without b"),
                List.of(new SourceReady.LeftOut("a.b", "it has no key")),
                List.of("a.c"),
                true);
        world.tell(KEY, create());
        world.conduct(KEY);
        assertThat(world.log.connector(KEY.source()).config().get("detail")).isEqualTo("without b");
        assertThat(status()).isEqualTo("REALTIME/WARNING");
        assertThat(now().status().reason())
                .isEqualTo("Not copied: a.b (it has no key). Only what changes from now on is copied of a.c:"
                        + " re-initialize to copy what was there before");
        world.conduct(KEY);
        assertThat(world.log.events(KEY.source())).doesNotContain("ConnectorConfigChanged");
    }

    @Test
    void a_copy_is_complete_when_all_is_at_the_target_and_then_nothing_runs() {
        world.tell(KEY, new Command.CreatePipeline("{}", plan("1", true, null, false)));
        world.conduct(KEY);
        assertThat(status()).isEqualTo("COMPLETE/COMPLETE");
        assertThat(world.unwritten + world.uncommitted).isZero();
        assertThat(world.log.connector(KEY.source()).targetState()).isEqualTo(TargetState.STOPPED);
        assertThat(world.log.connector(KEY.sink()).targetState()).isEqualTo(TargetState.STOPPED);
    }

    @Test
    void what_is_complete_stays_at_rest_whoever_wakes_it() {
        world.tell(KEY, new Command.CreatePipeline("{}", plan("1", true, null, false)));
        world.conduct(KEY);
        world.tell(KEY.source(), new Command.ResumeConnector());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("COMPLETE/COMPLETE");
        assertThat(world.log.connector(KEY.source()).targetState()).isEqualTo(TargetState.STOPPED);
    }

    @Test
    void a_sink_that_commits_seldom_is_stopped_for_a_moment() {
        world.commits = false;
        world.tell(KEY, new Command.CreatePipeline("{}", plan("1", true, null, false)));
        var before = world.now();
        world.conduct(KEY);
        assertThat(status()).isEqualTo("COMPLETE/COMPLETE");
        assertThat(world.uncommitted).isZero();
        assertThat(Duration.between(before, world.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_schedule_runs_it_again_and_again_each_time_from_nothing() {
        world.tell(KEY, new Command.CreatePipeline("{}", plan("1", true, new Schedule.Rate(1), false)));
        for (int run = 1; run <= 3; run++) {
            world.conduct(KEY);
            assertThat(status()).isEqualTo("SCHEDULED/START");
            String id = now().run().id();
            world.pass(Duration.ofSeconds(61));
            world.conductor().look(now());
            assertThat(now().run().id()).isGreaterThan(id);
            assertThat(now().run().cause()).isEqualTo(Run.Cause.SCHEDULE);
        }
        world.conduct(KEY);
        assertThat(history().stream().filter("COMPLETE/COMPLETE"::equals)).hasSize(4);
        assertThat(world.wrongs).isEmpty();
    }

    @Test
    void a_task_that_fails_is_restarted_and_recovers() {
        running();
        world.failing.put(KEY.source(), "java.lang.X: outer\nCaused by: java.net.Y: no route, password=hunter22\n");
        world.tell(KEY, new Command.RestartPipeline());
        var conductor = world.conductor();
        for (int i = 0; i < 12; i++) {
            world.pass(conductor.look(now()));
        }
        assertThat(now().status().status()).isEqualTo(Status.RETRY);
        assertThat(now().status().component()).isEqualTo(Component.SOURCE);
        assertThat(now().status().attempt()).isPositive();
        assertThat(now().status().reason()).contains("java.net.Y: no route").doesNotContain("hunter22");
        world.failing.clear();
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void what_fails_again_and_again_has_failed_and_runs_again_when_somebody_asks() {
        world.failing.put(KEY.sink(), "java.lang.X: relation does not exist");
        world.tell(KEY, create());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("INITIALIZE/FAILED");
        assertThat(now().status().reason()).isEqualTo("java.lang.X: relation does not exist");
        assertThat(now().status().component()).isEqualTo(Component.TARGET);
        assertThat(history()).filteredOn("INITIALIZE/RETRY"::equals).hasSize(5);
        assertThat(world.log.events(KEY.sink()))
                .filteredOn("RestartRequested"::equals)
                .hasSize(5);
        world.failing.clear();
        world.conduct(KEY);
        assertThat(status()).isEqualTo("INITIALIZE/FAILED");
        world.tell(KEY, new Command.StartPipeline());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void what_the_source_refuses_is_soon_over_and_what_is_away_is_waited_for_longer() {
        world.refusing.put("prepareSource", new SystemException(Kind.REFUSED, "password authentication failed"));
        world.tell(KEY, create());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("INITIALIZE/FAILED");
        assertThat(history()).filteredOn("INITIALIZE/RETRY"::equals).hasSize(2);
        assertThat(world.log.connectors()).isEmpty();
        world.refusing.put("prepareSource", new SystemException(Kind.UNREACHABLE, "no answer"));
        world.tell(KEY, new Command.StartPipeline());
        world.conduct(KEY);
        assertThat(history()).filteredOn("INITIALIZE/RETRY"::equals).hasSize(7);
        assertThat(now().status().reason()).isEqualTo("no answer");
    }

    @Test
    void a_quota_that_refuses_is_told_and_asked_again() {
        world.log.refusing = envelope -> envelope.command() instanceof Command.CreateConnector
                ? new Rejection(RejectionCode.QUOTA_EXCEEDED, "Environment default is limited to 1 connector")
                : null;
        world.tell(KEY, create());
        world.conduct(KEY);
        assertThat(now().status().status()).isEqualTo(Status.FAILED);
        assertThat(now().status().reason()).contains("Environment default is limited to 1 connector");
        world.log.refusing = any -> null;
        world.tell(KEY, new Command.StartPipeline());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void who_takes_over_counts_on() {
        world.refusing.put("prepareSink", new SystemException(Kind.UNREACHABLE, "no answer"));
        world.tell(KEY, create());
        for (int i = 0; i < 100 && now().status().status() != Status.FAILED; i++) {
            world.pass(world.conductor().look(now()));
            world.pass(Duration.ofSeconds(40));
        }
        assertThat(history()).filteredOn("INITIALIZE/RETRY"::equals).hasSize(5);
        assertThat(status()).isEqualTo("INITIALIZE/FAILED");
    }

    @Test
    void a_deletion_goes_on_until_it_is_done_and_says_what_it_waits_for() {
        running();
        world.refusing.put("dropSlot", new SystemException(Kind.UNREACHABLE, "no answer"));
        world.tell(KEY, new Command.DeletePipeline(false));
        var conductor = world.conductor();
        for (int i = 0; i < 60; i++) {
            world.pass(conductor.look(now()));
        }
        assertThat(status()).isEqualTo("SHUTDOWN/RETRY");
        assertThat(now().status().reason()).isEqualTo("no answer");
        assertThat(world.remains()).contains("slot supermetal_orders");
        for (int i = 0; i < 500; i++) {
            world.pass(conductor.look(now()));
        }
        assertThat(history())
                .as("it is not told for ever")
                .filteredOn("SHUTDOWN/RETRY"::equals)
                .hasSize(10);
        world.refusing.clear();
        world.conduct(KEY);
        assertThat(now().goal()).isEqualTo(Goal.GONE);
        assertThat(world.remains()).isEmpty();
    }

    @Test
    void by_force_what_cannot_be_removed_is_left_and_named() {
        running();
        for (String call : List.of("dropSlot", "dropPublication")) {
            world.refusing.put(call, new SystemException(Kind.UNREACHABLE, "no answer"));
        }
        world.tell(KEY, new Command.DeletePipeline(false));
        world.conductor().look(now());
        world.tell(KEY, new Command.DeletePipeline(true));
        world.conduct(KEY);
        assertThat(now().goal()).isEqualTo(Goal.GONE);
        assertThat(now().leftBehind()).containsExactly("slot supermetal_orders", "publication supermetal_orders");
        assertThat(world.remains())
                .containsExactlyInAnyOrder("slot supermetal_orders", "publication supermetal_orders");
        world.refusing.clear();
        running();
        assertThat(world.log.events(KEY.source()))
                .as("what was left is cleared away first")
                .contains("OffsetsReset");
    }

    @Test
    void by_force_it_is_over_soon_when_nobody_answers() {
        running();
        world.workerAway = true;
        world.kafkaAway = true;
        world.tell(KEY, new Command.DeletePipeline(true));
        var before = world.now();
        world.conduct(KEY);
        assertThat(now().goal()).isEqualTo(Goal.GONE);
        assertThat(Duration.between(before, world.now())).isLessThan(Duration.ofSeconds(25));
        assertThat(now().leftBehind())
                .contains("connectors sm.orders.source and sm.orders.sink", "topics sm.orders.*")
                .anyMatch(what -> what.startsWith("offsets"));
        world.workerAway = false;
        world.pass(Duration.ofSeconds(1));
        assertThat(world.remains()).as("they were told to go").doesNotContain("connector sm.orders.source");
    }

    @Test
    void a_worker_that_is_away_is_waited_for() {
        world.workerAway = true;
        world.tell(KEY, create());
        var conductor = world.conductor();
        for (int i = 0; i < 60; i++) {
            world.pass(conductor.look(now()));
        }
        assertThat(status()).isEqualTo("INITIALIZE/START");
        assertThat(now().status().reason()).isEqualTo("Waiting for the workers to run its connectors");
        world.workerAway = false;
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void what_others_do_to_its_connectors_is_put_right() {
        running();
        world.tell(KEY.source(), new Command.PauseConnector());
        world.tell(KEY.sink(), new Command.DeleteConnector());
        world.conduct(KEY);
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
        assertThat(world.log.connector(KEY.source()).targetState()).isEqualTo(TargetState.RUNNING);
        assertThat(world.remains()).isEqualTo(ALL);
    }

    @Test
    void two_of_nearly_the_same_name_do_not_share_a_slot_and_the_younger_takes_nothing_with_it() {
        running();
        var rival = new PipelineKey("default", "local", "Orders");
        world.pass(Duration.ofSeconds(1));
        world.tell(rival, new Command.CreatePipeline("{}", plan(rival, "1", false, null, false)));
        world.conduct(rival);
        assertThat(world.log.pipeline(rival).status().status()).isEqualTo(Status.FAILED);
        assertThat(world.log.pipeline(rival).status().reason()).contains("@pipeline/default/local/orders");
        world.tell(rival, new Command.DeletePipeline(false));
        world.conduct(rival);
        assertThat(world.log.pipeline(rival).goal()).isEqualTo(Goal.GONE);
        assertThat(world.remains()).isEqualTo(ALL);
    }

    @Test
    void a_sink_that_is_no_longer_wanted_goes() {
        running();
        var plan = plan("1", false, null, false);
        world.tell(
                KEY,
                new Command.ReplacePipeline(
                        "{\"a\":1}", new PipelinePlan(plan.source(), null, false, null, false, true)));
        world.conduct(KEY);
        assertThat(world.remains()).doesNotContain("connector sm.orders.sink");
        assertThat(status()).isEqualTo("REALTIME/HEARTBEAT");
    }

    @Test
    void a_publication_of_somebody_else_stays_and_the_own_one_from_before_goes() {
        running();
        world.publications.add("theirs");
        var plan = plan("1", false, null, false);
        var other = new PipelinePlan(
                plan.source().with("publication.name", "theirs"), plan.sink(), false, null, false, false);
        world.tell(KEY, new Command.PatchPipeline("{\"a\":1}", other));
        world.conduct(KEY);
        world.tell(KEY, new Command.DeletePipeline(false));
        world.conduct(KEY);
        assertThat(world.remains()).containsExactly("publication theirs");
    }

    @Test
    void secrets_sealed_with_another_key_are_the_same_secrets() {
        running();
        var plan = now().plan();
        var resealed = new PipelinePlan(
                plan.source()
                        .with("database.password", World.SEALER.seal(KEY.source(), "database.password", "hunter22")),
                plan.sink(),
                false,
                null,
                false,
                true);
        assertThat(new Secrets(World.SEALER, References.NONE).same(KEY.source(), plan.source(), resealed.source()))
                .isTrue();
        assertThat(new Secrets(World.SEALER, References.NONE)
                        .same(
                                KEY.source(),
                                plan.source(),
                                plan.source()
                                        .with(
                                                "database.password",
                                                World.SEALER.seal(KEY.source(), "database.password", "another"))))
                .isFalse();
        assertThat(Sealed.is(world.log.connector(KEY.source()).config().get("database.password")))
                .isTrue();
    }

    @Test
    void a_status_is_told_once() {
        running();
        long revision = now().revision();
        for (int i = 0; i < 20; i++) {
            world.conductor().look(now());
            world.pass(Duration.ofSeconds(3));
        }
        assertThat(now().revision()).isEqualTo(revision);
        assertThat(now().status().same(PipelineStatus.of(State.REALTIME, Status.HEARTBEAT, Component.SOURCE)))
                .isTrue();
    }
}
