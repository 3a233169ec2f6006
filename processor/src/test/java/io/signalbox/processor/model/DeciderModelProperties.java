package io.signalbox.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.ConnectorDecider;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.RejectionCode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Rules and fold against {@link Reference}: 1,000 sequences of 100 commands, or as many as {@code -Djqwik.tries.default} and
 * {@code -Dmodel.commands} say.
 */
class DeciderModelProperties {

    private static final int COMMANDS = Integer.getInteger("model.commands", 100);

    /** Fewer than these need not come to everything. */
    private static final int ENOUGH = 500;

    private static final Set<Object> SEEN = new HashSet<>();
    private static int sequences;

    @Provide
    Arbitrary<List<Step>> sequences() {
        return Steps.sequences(COMMANDS);
    }

    @Property
    void decide_and_fold_do_as_the_reference_model_says(@ForAll("sequences") List<Step> steps) {
        sequences++;
        var model = new Reference(Reference.key(Reference.NAME));
        ConnectorState state = null;
        var at = Instant.parse("2026-11-21T10:00:00Z");
        for (int i = 0; i < steps.size(); i++) {
            at = at.plus(Steps.pause(steps.get(i)));
            var asked = Steps.envelope(steps.get(i), model, "c" + i);
            var decision = ConnectorDecider.decide(state, asked, (Command.OfConnector) asked.command(), at);
            var expected = model.ask(asked, at);

            expected.events().forEach(event -> SEEN.add(event.getClass()));
            SEEN.add(String.valueOf(expected.code()));
            assertThat(code(decision)).as("%s: %s", i, asked).isEqualTo(expected.code());
            assertThat(events(decision)).as("%s: %s", i, asked).isEqualTo(expected.events());
            assertThat(ConnectorDecider.decide(state, asked, (Command.OfConnector) asked.command(), at))
                    .as("decided again")
                    .isEqualTo(decision);
            long before = state == null ? 0 : state.revision();
            for (Event event : events(decision)) {
                long next = state == null ? 1 : state.revision() + 1;
                var recorded = new RecordedEvent("e" + next, asked.key(), next, at, asked.id(), asked.actor(), event);
                state = ConnectorFold.fold(state, recorded, (Event.OfConnector) event);
            }
            assertThat(state == null ? 0 : state.revision())
                    .as("one revision an event")
                    .isEqualTo(before + expected.events().size());
            assertThat(state).as("%s: %s", i, asked).isEqualTo(model.state());
        }
    }

    /** Of commands that need more of the past than this model has (ReversalDeciderTest), of no command (TopologyModelProperties), of an environment (QuotaPartitionsProperties), and of a pipeline (PipelineDeciderTest, PipelineTaskDeciderTest). */
    private static final EnumSet<RejectionCode> NOT_OF_THE_MODEL = EnumSet.of(
            RejectionCode.UNKNOWN_REVISION,
            RejectionCode.NOT_DELETED,
            RejectionCode.EXPIRED,
            RejectionCode.NOTHING_TO_UNDO,
            RejectionCode.ID_REUSED,
            RejectionCode.QUOTA_EXCEEDED,
            RejectionCode.BEING_DELETED,
            RejectionCode.DISABLED,
            RejectionCode.TOO_MANY_TASKS,
            RejectionCode.WRONG_TASK_STATE);

    /** Sequences that leave something out would prove nothing about it. */
    @AfterContainer
    static void every_event_and_every_rejection_was_among_them() {
        if (sequences >= ENOUGH) {
            assertThat(SEEN).containsAll(leaves(Event.OfConnector.class).toList());
            for (RejectionCode code : EnumSet.complementOf(NOT_OF_THE_MODEL)) {
                assertThat(SEEN).contains(code.name());
            }
        }
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(DeciderModelProperties::leaves)
                : Stream.of(type);
    }

    private static RejectionCode code(Decision decision) {
        return decision instanceof Decision.Rejected refused
                ? refused.rejection().code()
                : null;
    }

    private static List<Event> events(Decision decision) {
        return decision instanceof Decision.Accepted accepted ? accepted.events() : List.of();
    }
}
