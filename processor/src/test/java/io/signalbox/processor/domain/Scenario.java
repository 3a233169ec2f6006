package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Given what happened, when this is asked, then that happens: rules and fold together, as the log runs them. */
final class Scenario {

    static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");
    static final Config CONFIG = Config.of(Map.of("connector.class", "FileStreamSource", "name", "orders"));
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private ConnectorState state;
    private Decision decision;
    private int commands;
    private Instant now = START;
    private Past past = Past.NONE;

    static Scenario given(Event.OfConnector... events) {
        var scenario = new Scenario();
        scenario.fold(List.of(events));
        return scenario;
    }

    static Event.ConnectorCreated created() {
        return new Event.ConnectorCreated("u1", CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true, null);
    }

    static ConnectorStatus running(int tasks) {
        List<TaskStatus> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            all.add(new TaskStatus(i, RunState.RUNNING, "w:8083", "1.0", null));
        }
        return new ConnectorStatus(RunState.RUNNING, "w:8083", "1.0", null, ConnectorType.SOURCE, all);
    }

    /** The log's clock moves on, until {@link #when}. */
    Scenario after(Duration time) {
        now = state.updatedAt().plus(time);
        return this;
    }

    /** What the stores know beside the state. */
    Scenario with(Past known) {
        past = known;
        return this;
    }

    Scenario when(Command.OfConnector command) {
        commands++;
        var envelope = new CommandEnvelope("c" + commands, ORDERS, "tester", command);
        decision = ConnectorDecider.decide(state, past, envelope, command, now);
        if (decision instanceof Decision.Accepted accepted) {
            fold(accepted.events().stream().map(Event.OfConnector.class::cast).toList());
        }
        return this;
    }

    private void fold(List<? extends Event.OfConnector> events) {
        for (Event.OfConnector event : events) {
            long revision = state == null ? 1 : state.revision() + 1;
            var recorded = new RecordedEvent(
                    "e" + revision, ORDERS, revision, START.plusSeconds(revision), "c" + commands, "tester", event);
            state = ConnectorFold.fold(state, recorded, event);
        }
    }

    Scenario then(Event... expected) {
        assertThat(decision).isEqualTo(Decision.accept(expected));
        return this;
    }

    Scenario thenNothing() {
        return then();
    }

    Scenario thenRejected(RejectionCode code) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        refused -> assertThat(refused.rejection().code()).isEqualTo(code));
        return this;
    }

    ConnectorState state() {
        return state;
    }
}
