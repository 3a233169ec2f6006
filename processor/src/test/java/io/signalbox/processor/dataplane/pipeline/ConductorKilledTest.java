package io.signalbox.processor.dataplane.pipeline;

import static io.signalbox.processor.dataplane.pipeline.ConductorTest.ALL;
import static io.signalbox.processor.dataplane.pipeline.ConductorTest.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Goal;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A conductor that is killed at any of its calls, before or after it was done, and another one that begins anew. */
class ConductorKilledTest {

    /** Kills it at each call in turn, of those that the change takes. */
    private static void killedEverywhere(List<Command> earlier, Command change, Consumer<World> proof) {
        killedEverywhere(World::new, earlier, change, proof);
    }

    private static void killedEverywhere(
            Supplier<World> begin, List<Command> earlier, Command change, Consumer<World> proof) {
        var whole = after(earlier, begin.get());
        whole.tell(KEY, change);
        int first = whole.calls;
        whole.conduct(KEY);
        int calls = whole.calls - first;
        proof.accept(whole);
        assertThat(calls).as("calls to be killed at").isGreaterThan(4);
        for (int call = 1; call <= calls; call++) {
            for (boolean done : new boolean[] {false, true}) {
                var world = after(earlier, begin.get());
                world.tell(KEY, change);
                world.killAt(call, done);
                world.conduct(KEY);
                assertThat(world.wrongs)
                        .as("killed at call %s, done: %s", call, done)
                        .isEmpty();
                proof.accept(world);
            }
        }
    }

    private static World after(List<Command> earlier) {
        return after(earlier, new World());
    }

    private static World after(List<Command> earlier, World world) {
        for (Command command : earlier) {
            world.tell(KEY, command);
            world.conduct(KEY);
        }
        return world;
    }

    private static void runs(World world) {
        PipelineState now = world.log.pipeline(KEY);
        assertThat(now.status().state()).isEqualTo(State.REALTIME);
        assertThat(world.remains()).isEqualTo(ALL);
        for (var connector : List.of(KEY.source(), KEY.sink())) {
            assertThat(world.log.events(connector))
                    .filteredOn("ConnectorCreated"::equals)
                    .hasSize(1);
        }
    }

    private static void isGone(World world) {
        assertThat(world.log.pipeline(KEY).goal()).isEqualTo(Goal.GONE);
        assertThat(world.log.pipeline(KEY).leftBehind()).isEmpty();
        assertThat(world.remains()).isEmpty();
        assertThat(world.log.events(KEY)).filteredOn("PipelineDeleted"::equals).hasSize(1);
    }

    @Test
    void a_creation_comes_to_its_end() {
        killedEverywhere(List.of(), ConductorTest.create(), ConductorKilledTest::runs);
    }

    @Test
    void a_deletion_comes_to_its_end() {
        killedEverywhere(
                List.of(ConductorTest.create()), new Command.DeletePipeline(false), ConductorKilledTest::isGone);
    }

    @Test
    void a_deletion_by_force_leaves_nothing_that_can_be_removed() {
        killedEverywhere(
                List.of(ConductorTest.create()), new Command.DeletePipeline(true), ConductorKilledTest::isGone);
    }

    @Test
    void a_new_beginning_comes_to_its_end() {
        killedEverywhere(List.of(ConductorTest.create()), new Command.ReinitializePipeline(), world -> {
            runs(world);
            assertThat(world.log.events(KEY.source())).contains("OffsetsReset");
            assertThat(world.log.pipeline(KEY).run().ready()).isTrue();
        });
    }

    @Test
    void a_copy_comes_to_its_end() {
        var copy = new Command.CreatePipeline("{}", ConductorTest.plan("1", true, null, false));
        killedEverywhere(List.of(), copy, world -> {
            assertThat(world.log.pipeline(KEY).status().state()).isEqualTo(State.COMPLETE);
            assertThat(world.unwritten + world.uncommitted).isZero();
        });
    }

    /** A world in which the worker dies in the middle of the copy, once. */
    private static World twice() {
        var world = new World();
        world.copies = 2;
        world.astray = 7;
        return world;
    }

    @Test
    void what_a_copy_left_that_was_broken_off_is_swept() {
        killedEverywhere(ConductorKilledTest::twice, List.of(), ConductorTest.create(), world -> {
            runs(world);
            assertThat(world.astray).isZero();
            assertThat(world.copies).isEqualTo(1);
        });
    }

    @Test
    void a_copy_that_the_source_takes_for_done_is_begun_once_more() {
        killedEverywhere(ConductorKilledTest::forgetful, List.of(), ConductorTest.create(), world -> {
            runs(world);
            assertThat(world.forgotten).isNull();
            assertThat(world.written + world.uncommitted + world.unwritten).isGreaterThanOrEqualTo(100);
            assertThat(world.copies).isEqualTo(1);
        });
    }

    /** It would be complete without a row. */
    @Test
    void a_pipeline_is_not_complete_for_what_its_source_takes_for_done() {
        var copy = new Command.CreatePipeline("{}", ConductorTest.plan("1", true, null, false));
        killedEverywhere(ConductorKilledTest::forgetful, List.of(), copy, world -> {
            assertThat(world.log.pipeline(KEY).status().state()).isEqualTo(State.COMPLETE);
            assertThat(world.written).isGreaterThanOrEqualTo(100);
        });
    }

    /** A world in which the worker dies before the first row of the copy, once. */
    private static World forgetful() {
        var world = new World();
        world.forgets = true;
        return world;
    }

    @Test
    void a_copy_that_ends_is_swept_before_it_is_complete() {
        var copy = new Command.CreatePipeline("{}", ConductorTest.plan("1", true, null, false));
        killedEverywhere(ConductorKilledTest::twice, List.of(), copy, world -> {
            assertThat(world.log.pipeline(KEY).status().state()).isEqualTo(State.COMPLETE);
            assertThat(world.astray).isZero();
            assertThat(world.unwritten + world.uncommitted).isZero();
        });
    }

    @Test
    void a_stop_comes_to_its_end() {
        killedEverywhere(List.of(ConductorTest.create()), new Command.StopPipeline(), world -> {
            assertThat(world.log.pipeline(KEY).status().state()).isEqualTo(State.SHUTDOWN);
            assertThat(world.remains()).isEqualTo(ALL);
        });
    }

    @Test
    void the_copy_of_a_table_comes_to_its_end() {
        killedEverywhere(List.of(ConductorTest.create()), TaskPassTest.ITEMS, world -> {
            runs(world);
            assertThat(world.log.pipeline(KEY).tasks()).singleElement().satisfies(task -> {
                assertThat(task.state()).isEqualTo(PipelineTask.State.DONE);
                assertThat(task.attempt()).isEqualTo(1);
            });
            assertThat(world.copying).isEmpty();
            assertThat(world.unwritten + world.uncommitted).isZero();
        });
    }

    /** Whatever was asked for, and wherever it was killed: in the end it is as was asked last. */
    @Property(tries = 100)
    void it_ends_as_was_asked_last(
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 40) Integer> lives,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 6) Integer> asked,
            @ForAll boolean done) {
        var world = new World();
        world.tell(KEY, ConductorTest.create());
        var wishes = new ArrayList<>(asked);
        for (int life : lives) {
            world.killAt(life, done);
            look(world, life);
            if (!wishes.isEmpty()) {
                world.tell(KEY, wish(wishes.removeFirst()));
            }
        }
        wishes.forEach(wish -> world.tell(KEY, wish(wish)));
        world.killAt(Integer.MAX_VALUE / 2, done);
        world.conduct(KEY);
        assertThat(world.wrongs).isEmpty();
        PipelineState now = world.log.pipeline(KEY);
        switch (now.goal()) {
            case RUN -> assertThat(now.status().state()).isEqualTo(State.REALTIME);
            case STOP -> assertThat(now.status().state()).isEqualTo(State.SHUTDOWN);
            default -> assertThat(world.remains()).isEmpty();
        }
        if (now.goal() == Goal.RUN) {
            assertThat(world.remains()).isEqualTo(ALL);
            assertThat(now.tasks()).noneMatch(task -> task.state().open());
        }
    }

    private static Command wish(int number) {
        return switch (number) {
            case 0 -> new Command.StartPipeline();
            case 1 -> new Command.StopPipeline();
            case 2 -> new Command.RestartPipeline();
            case 3 -> new Command.ReinitializePipeline();
            case 4 -> new Command.DeletePipeline(false);
            case 5 -> TaskPassTest.ITEMS;
            default -> ConductorTest.create();
        };
    }

    /** One life of a conductor, until it is killed or has looked so often. */
    private static void look(World world, int times) {
        var conductor = world.conductor();
        try {
            for (int i = 0; i < times; i++) {
                PipelineState now = world.log.pipeline(KEY);
                if (now == null || !now.present()) {
                    return;
                }
                world.pass(conductor.look(now));
            }
        } catch (Killed | MovedOnException e) {
            // The next one begins anew.
            world.pass(Duration.ofMillis(1));
        }
    }

    /** One of them does not know yet that it is not its turn: it sees each state late. */
    @Property(tries = 60)
    void two_at_once_do_nothing_twice(@ForAll @Size(max = 40) List<Boolean> turns) {
        var world = new World();
        world.tell(KEY, ConductorTest.create());
        List<PipelineState> seen = new ArrayList<>(world.log.pipelines());
        var one = world.conductor();
        var other = world.conductor(() -> seen);
        takeTurns(world, turns, seen, one, other);
        world.conduct(KEY);
        runs(world);
        world.tell(KEY, new Command.DeletePipeline(false));
        takeTurns(world, turns, seen, one, other);
        world.conduct(KEY);
        isGone(world);
        assertThat(world.wrongs).isEmpty();
    }

    private static void takeTurns(
            World world, List<Boolean> turns, List<PipelineState> seen, PipelinePass one, PipelinePass other) {
        for (boolean turn : turns) {
            PipelineState now = turn ? world.log.pipeline(KEY) : seen.getFirst();
            try {
                if (now.present()) {
                    world.pass((turn ? one : other).look(now));
                }
            } catch (MovedOnException e) {
                world.pass(Duration.ofMillis(1));
            }
            if (turn) {
                seen.set(0, world.log.pipeline(KEY));
            }
        }
    }

    /** The names that a pipeline has on Kafka are its own only. */
    @Test
    void nothing_of_another_pipeline_is_deleted() {
        var world = after(List.of(ConductorTest.create()));
        world.topics.addAll(Set.of("sm.orders-notifications-x", "sm.orders-1.public.t", "sm.ordersx.t", "orders"));
        world.tell(KEY, new Command.DeletePipeline(false));
        world.conduct(KEY);
        assertThat(world.topics)
                .containsExactlyInAnyOrder(
                        "sm.orders-notifications-x", "sm.orders-1.public.t", "sm.ordersx.t", "orders");
    }
}
