package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineTask;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.Schedule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands about a pipeline, from the command topic to the table of pipelines. */
class PipelineTopologyTest {

    private static final PipelineKey ORDERS = new PipelineKey("default", "local", "orders");
    private static final String DEFINITION = "{\"id\":\"orders\"}";
    private static final PipelinePlan PLAN = new PipelinePlan(
            Config.of(Map.of("connector.class", "Source", "database.password", "sealed:v1:1:abc")),
            null,
            true,
            new Schedule.Cron("0 3 * * *", "Europe/Oslo"),
            false,
            true);

    @TempDir
    Path stateDir;

    private TopologyBench bench;

    @BeforeEach
    void open() {
        bench = new TopologyBench(stateDir);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The records of the table topic, oldest first; null for a tombstone. */
    private List<PipelineState> table() {
        return bench
                .driver
                .createOutputTopic(
                        TopologyBench.TOPICS.pipelines(), new StringDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList()
                .stream()
                .map(record -> {
                    assertThat(record.key).isEqualTo(ORDERS.toString());
                    return bench.codecs
                            .pipelines()
                            .deserializer()
                            .deserialize(TopologyBench.TOPICS.pipelines(), record.value);
                })
                .toList();
    }

    @Test
    void a_pipeline_is_answered_told_and_kept() {
        bench.send(ORDERS, "c1", new Command.CreatePipeline(DEFINITION, PLAN));
        var outcome = bench.outcomes().getFirst();
        assertThat(outcome.stage()).isEqualTo(Stage.ACCEPTED);
        assertThat(outcome.created()).isTrue();
        assertThat(outcome.pipeline().uid()).isEqualTo("c1");
        assertThat(outcome.pipeline().revision()).isEqualTo(2);
        assertThat(outcome.pipeline().plan()).isEqualTo(PLAN);
        assertThat(table()).last().isEqualTo(outcome.pipeline());
        assertThat(bench.events()).extracting(RecordedEvent::revision).containsExactly(1L, 2L);
        bench.send(ORDERS, "c1", new Command.CreatePipeline(DEFINITION, PLAN));
        assertThat(bench.outcomes()).containsExactly(outcome);
        assertThat(bench.events()).isEmpty();
    }

    @Test
    void a_refusal_is_answered_and_a_report_is_not() {
        bench.send(ORDERS, "c1", new Command.StopPipeline());
        assertThat(bench.outcomes().getFirst().rejection().code()).isEqualTo(RejectionCode.NOT_FOUND);
        bench.send(ORDERS, "c2", new Command.CreatePipeline(DEFINITION, PLAN));
        var run = bench.outcomes().getFirst().pipeline().run().id();
        bench.events();
        var status = PipelineStatus.of(
                PipelineStatus.State.SNAPSHOT, PipelineStatus.Status.HEARTBEAT, PipelineStatus.Component.SOURCE);
        for (String id : List.of("r1", "r2")) {
            bench.send(ORDERS, id, new Command.ReportPipelineStatus("c2", run, status));
        }
        assertThat(bench.outcomes()).isEmpty();
        assertThat(bench.events()).hasSize(1);
        assertThat(table())
                .last()
                .satisfies(state -> assertThat(state.status().same(status)).isTrue());
    }

    @Test
    void a_task_is_answered_told_and_kept_with_its_pipeline() {
        var follows = new PipelinePlan(PLAN.source(), null, false, null, false, true);
        bench.send(ORDERS, "c1", new Command.CreatePipeline(DEFINITION, follows));
        bench.outcomes();
        bench.events();
        bench.send(ORDERS, "c2", new Command.CreatePipelineTask("public", "items", null));
        var task = bench.outcomes().getFirst().pipeline().tasks().getFirst();
        assertThat(task.state()).isEqualTo(PipelineTask.State.PENDING);
        bench.send(
                ORDERS,
                "r1",
                new Command.ReportPipelineTask("c1", task.id(), 1, PipelineTask.State.FAILED, "away", 1_000L));
        assertThat(bench.events())
                .extracting(event -> event.event().getClass().getSimpleName())
                .containsExactly("PipelineTaskCreated", "PipelineTaskFailed");
        assertThat(table())
                .last()
                .satisfies(state -> assertThat(state.tasks()).singleElement().satisfies(kept -> {
                    assertThat(kept.nextAttemptAt()).isNotNull();
                    assertThat(kept.reason()).isEqualTo("away");
                }));
    }

    @Test
    void what_is_gone_is_a_tombstone_and_its_revisions_go_on() {
        bench.send(ORDERS, "c1", new Command.CreatePipeline(DEFINITION, PLAN));
        bench.send(ORDERS, "c2", new Command.DeletePipeline(false));
        bench.send(ORDERS, "r1", new Command.ReportPipelineRemoved("c1", List.of()));
        assertThat(table()).last().isNull();
        bench.send(ORDERS, "c3", new Command.CreatePipeline(DEFINITION, PLAN));
        assertThat(table()).last().satisfies(state -> {
            assertThat(state.uid()).isEqualTo("c3");
            assertThat(state.revision()).isEqualTo(6);
        });
    }

    @Test
    void a_command_about_something_else_goes_to_the_dead_letters() {
        bench.send(ORDERS, "c1", new Command.StopConnector());
        assertThat(bench.deadLetters()).hasSize(1);
        assertThat(bench.outcomes()).isEmpty();
    }
}
