package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Event.ConnectorConfigChanged;
import io.signalbox.processor.domain.Event.ConnectorStateChanged;
import io.signalbox.processor.domain.Event.DriftDetected;
import io.signalbox.processor.domain.Event.OffsetsChangeFailed;
import io.signalbox.processor.domain.Event.TaskFailed;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryEntryTest {

    private static HistoryEntry entry(Event.OfConnector event) {
        var origin = new Origin("signalbox", "ann@example.org", "because");
        var recorded = new RecordedEvent("e", Scenario.ORDERS, 7, Scenario.START, "c", "me", event, origin);
        return HistoryEntry.of(recorded, Scenario.given(Scenario.created()).state());
    }

    @Test
    void an_entry_says_who_when_what_and_why_and_what_is_desired_then() {
        var entry = entry(new ConnectorConfigChanged(Scenario.CONFIG, ConnectorType.SOURCE, true, 3L));
        assertThat(entry.event()).isEqualTo("ConnectorConfigChanged");
        assertThat(entry.asked()).isTrue();
        assertThat(entry.origin().reason()).isEqualTo("because");
        assertThat(entry.summary()).isEqualTo("rolled back to revision 3");
        assertThat(entry.after().uid()).isEqualTo("u1");
        assertThat(entry.after().configRevision()).isEqualTo(1);
    }

    @Test
    void a_summary_is_one_short_line() {
        assertThat(entry(new ConnectorStateChanged(
                                RunState.RUNNING, RunState.FAILED, "w", null, "t", ConnectorType.SINK))
                        .summary())
                .isEqualTo("RUNNING to FAILED");
        var failed = entry(new TaskFailed(3, null, "w", null, "java.lang.Boom: a\tb\n\tat somewhere"));
        assertThat(failed.summary()).isEqualTo("task 3: java.lang.Boom: a b");
        assertThat(failed.asked()).isFalse();
        assertThat(entry(new OffsetsChangeFailed("op", 500, "x".repeat(1_000), null))
                        .summary())
                .hasSize(301);
        assertThat(entry(new DriftDetected(
                                1,
                                new Difference(
                                        false, RunState.PAUSED, List.of(new ConfigDifference("file", "1", "2")), 0)))
                        .summary())
                .isEqualTo("PAUSED, config file");
        assertThat(entry(new Event.ConnectorPaused()).summary()).isNull();
    }

    @Test
    void what_a_caller_says_beside_is_short_and_has_no_control_characters() {
        assertThat(new Origin(null, null, "ü".repeat(Origin.LONGEST)).reason()).hasSize(Origin.LONGEST);
        assertThatThrownBy(() -> new Origin(null, null, "x".repeat(Origin.LONGEST + 1)))
                .hasMessage("Illegal reason: use 1 to 500 characters");
        assertThatThrownBy(() -> new Origin(null, "a\u0007b", null))
                .hasMessage("Illegal from: it may not contain control characters");
        assertThatThrownBy(() -> new Origin("", null, null)).isInstanceOf(IllegalArgumentException.class);
    }
}
