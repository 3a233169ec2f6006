package io.signalbox.processor.dataplane.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A status topic is read as a worker of Kafka 4.3 reads it. */
class StatusTableTest {

    private static final StatusKey CONNECTOR = new StatusKey("c", null);
    private static final StatusKey TASK = new StatusKey("c", 0);

    private final StatusTable table = new StatusTable();

    @Test
    void what_is_told_of_a_connector_and_its_tasks_is_its_status() {
        table.apply(new StatusKey("c", 1), record(RunState.PAUSED, "b", 1), 5);
        assertThat(table.status("c", ConnectorType.SINK)).isEmpty();
        table.apply(CONNECTOR, record(RunState.RUNNING, "a", 1), 6);
        table.apply(TASK, record(RunState.RUNNING, "a", 1), 7);
        assertThat(table.status("c", ConnectorType.SINK))
                .contains(new ConnectorStatus(
                        RunState.RUNNING,
                        "a",
                        null,
                        null,
                        ConnectorType.SINK,
                        List.of(
                                new TaskStatus(0, RunState.RUNNING, "a", null, null),
                                new TaskStatus(1, RunState.PAUSED, "b", null, null))));
        assertThat(table.changedSince("c", 7)).isTrue();
        assertThat(table.changedSince("c", 8)).isFalse();
    }

    @Test
    void who_lets_go_of_a_task_that_another_runs_is_not_heard() {
        table.apply(CONNECTOR, record(RunState.RUNNING, "a", 2), 1);
        table.apply(TASK, record(RunState.RUNNING, "a", 2), 1);
        assertThat(table.apply(TASK, record(RunState.UNASSIGNED, "b", 1), 2)).isFalse();
        assertThat(table.apply(TASK, record(RunState.UNASSIGNED, "b", 2), 2)).isFalse();
        assertThat(task()).isEqualTo(RunState.RUNNING);
        assertThat(table.apply(TASK, record(RunState.UNASSIGNED, "a", 3), 3)).isTrue();
        assertThat(task()).isEqualTo(RunState.UNASSIGNED);
    }

    @Test
    void the_same_in_another_generation_is_no_change_and_counts_for_the_next() {
        table.apply(CONNECTOR, record(RunState.RUNNING, "a", 1), 1);
        table.apply(TASK, record(RunState.RUNNING, "a", 1), 1);
        assertThat(table.apply(TASK, record(RunState.RUNNING, "a", 5), 9)).isFalse();
        assertThat(table.changedSince("c", 2)).isFalse();
        assertThat(table.apply(TASK, record(RunState.UNASSIGNED, "b", 4), 9)).isFalse();
    }

    @Test
    void a_connector_that_is_gone_takes_its_tasks_with_it() {
        table.apply(CONNECTOR, record(RunState.RUNNING, "a", 1), 1);
        table.apply(TASK, record(RunState.RUNNING, "a", 1), 1);
        assertThat(table.apply(CONNECTOR, null, 2)).isTrue();
        assertThat(table.apply(TASK, null, 2)).isFalse();
        table.apply(CONNECTOR, record(RunState.RUNNING, "a", 2), 3);
        assertThat(table.status("c", ConnectorType.SOURCE).orElseThrow().tasks())
                .isEmpty();
    }

    @Test
    void more_than_should_be_kept_is_said() {
        String long_ = "x".repeat(StatusTable.LONGEST / 2 + 1);
        for (int i = 0; i < 5; i++) {
            table.apply(TASK, new StatusRecord(RunState.FAILED, "a", null, long_, i), i);
        }
        var another = new StatusRecord(RunState.FAILED, "a", null, long_, 1);
        assertThatThrownBy(() -> table.apply(new StatusKey("d", 0), another, 9))
                .isInstanceOf(StatusTable.TooMuchException.class);
        table.clear();
        assertThat(table.apply(new StatusKey("d", 0), another, 9)).isTrue();
    }

    @Test
    void versions_are_as_a_worker_answers_them() {
        String rest = "\"state\":\"RUNNING\",\"worker_id\":\"w\",\"generation\":3,\"trace\":\"t\"";
        assertThat(read("{" + rest + ",\"version\":\"1.2\"}"))
                .isEqualTo(new StatusRecord(RunState.RUNNING, "w", "1.2", "t", 3));
        assertThat(read("{" + rest + ",\"version\":null}").version()).isEmpty();
        assertThat(read("{" + rest + ",\"version\":\"undefined\"}").version()).isNull();
        assertThat(read("{" + rest + "}").version()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"state\":\"RUNNING\"}",
                "{\"state\":\"secret\",\"worker_id\":\"w\",\"generation\":3}",
                "secret"
            })
    void what_is_no_status_is_said_without_quoting_it(String value) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void keys_are_what_workers_write() {
        assertThat(StatusKey.parse("status-connector-a-b")).contains(new StatusKey("a-b", null));
        assertThat(StatusKey.parse("status-task-a-b-12")).contains(new StatusKey("a-b", 12));
        for (String other : List.of(
                "status-topic-t:connector-c",
                "status-connector-",
                "status-task-1",
                "status-task--1",
                "status-task-a-x",
                "status-task-a--",
                "other")) {
            assertThat(StatusKey.parse(other)).as(other).isEmpty();
        }
        assertThat(StatusKey.parse(null)).isEmpty();
        assertThat(ConfigKeys.connector("connector-a-b")).contains("a-b");
        assertThat(ConfigKeys.connector("target-state-c")).contains("c");
        for (String other : List.of("task-c-0", "commit-c", "session-key", "tasks-fencing-c", "connector-")) {
            assertThat(ConfigKeys.connector(other)).as(other).isEmpty();
        }
        assertThat(ConfigKeys.connector(null)).isEmpty();
    }

    private RunState task() {
        return table.status("c", ConnectorType.SOURCE)
                .orElseThrow()
                .tasks()
                .getFirst()
                .state();
    }

    private static StatusRecord record(RunState state, String worker, int generation) {
        return new StatusRecord(state, worker, null, null, generation);
    }

    private static StatusRecord read(String value) {
        return StatusRecord.read(value.getBytes(StandardCharsets.UTF_8));
    }
}
