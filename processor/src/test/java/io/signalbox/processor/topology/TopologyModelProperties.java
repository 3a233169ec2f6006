package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.model.Reference;
import io.signalbox.processor.model.Step;
import io.signalbox.processor.model.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The whole topology against {@link Reference}: what stands on the topics and in the stores, what is answered, and that a
 * command id is taken once. Each sequence is about another connector of one running topology.
 */
class TopologyModelProperties {

    private static final int COMMANDS = 100;

    private static final Path STATE = directory();
    private static final TopologyBench BENCH = new TopologyBench(STATE);
    private static int connectors;

    @Provide
    Arbitrary<List<Step>> sequences() {
        return Steps.sequences(COMMANDS);
    }

    @Property(tries = 40)
    void topics_stores_and_answers_are_as_the_reference_model_says(@ForAll("sequences") List<Step> steps) {
        var run = new Run(new Reference(Reference.key("orders-" + connectors++)));
        for (int i = 0; i < steps.size(); i++) {
            BENCH.pass(Steps.pause(steps.get(i)));
            run.ask(Steps.envelope(steps.get(i), run.model, "c" + i));
            if (steps.get(i).choice() % 4 == 3) {
                run.askAgain((int) (steps.get(i).choice() / 4 % (i + 1)));
            }
        }
    }

    /** Or the bench would not have looked at one of them. */
    @AfterContainer
    static void outcomes_were_foreseen() {
        assertThat(BENCH.foreseen()).isPositive();
    }

    /** One sequence, and what was told so far. */
    private static final class Run {

        private final Reference model;
        private final List<CommandEnvelope> asked = new ArrayList<>();
        private final Map<String, CommandOutcome> told = new HashMap<>();
        private final Set<String> eventIds = new HashSet<>();

        Run(Reference model) {
            this.model = model;
            // A sequence that failed leaves something behind.
            BENCH.events();
            BENCH.states();
            BENCH.outcomes();
        }

        void ask(CommandEnvelope command) {
            long before = revision();
            BENCH.send(command);
            var expected = model.ask(command, BENCH.now());
            var events = BENCH.events();
            assertThat(events)
                    .as("%s", command)
                    .extracting(RecordedEvent::event)
                    .isEqualTo(expected.events());
            for (RecordedEvent event : events) {
                assertThat(event.revision()).isEqualTo(++before);
                assertThat(event.commandId()).isEqualTo(command.id());
                assertThat(event.at()).isEqualTo(BENCH.now());
                assertThat(eventIds.add(event.id())).as("a new id").isTrue();
            }
            assertThat(stored()).as("%s", command).isEqualTo(model.state());
            var snapshots = BENCH.states();
            if (events.isEmpty()) {
                assertThat(snapshots).isEmpty();
            } else {
                assertThat(snapshots.getLast())
                        .isEqualTo(model.state().phase() == Phase.DELETED ? null : model.state());
            }
            judge(command, expected.code(), events);
            asked.add(command);
        }

        /** First the ends of operations under the ids that asked for them, then its own. */
        private void judge(CommandEnvelope command, RejectionCode code, List<RecordedEvent> events) {
            List<String> expected = new ArrayList<>();
            boolean created = false;
            for (RecordedEvent recorded : events) {
                created |= recorded.event() instanceof Event.ConnectorCreated;
                if (recorded.event() instanceof Event.OperationEnded done) {
                    expected.add(
                            line(done.operationId(), done.succeeded() ? Stage.APPLIED : Stage.FAILED, null, false));
                }
            }
            if (command.command().answered()) {
                expected.add(line(command.id(), code == null ? Stage.ACCEPTED : Stage.REJECTED, code, created));
            }
            var outcomes = BENCH.outcomes();
            assertThat(outcomes)
                    .as("%s", command)
                    .extracting(each -> line(
                            each.commandId(),
                            each.stage(),
                            each.rejected() ? each.rejection().code() : null,
                            each.created()))
                    .isEqualTo(expected);
            for (CommandOutcome each : outcomes) {
                assertThat(each.connector()).isEqualTo(each.rejected() ? null : model.state());
                told.put(each.commandId(), each);
            }
        }

        /**
         * Whoever asks again under an id is told what was told last under it, who asks for something else, or is somebody
         * else, that it is taken, and nothing happens.
         */
        void askAgain(int which) {
            var first = asked.get(which);
            if (!first.command().answered()) {
                return;
            }
            var other = asked.getLast().command().answered() ? asked.getLast().command() : first.command();
            BENCH.send(new CommandEnvelope(first.id(), first.key(), first.actor(), first.command()));
            assertThat(BENCH.outcomes()).as("%s again", first).containsExactly(told.get(first.id()));
            boolean same = other.getClass().equals(first.command().getClass());
            for (String actor : same ? List.of("another") : List.of(first.actor(), "another")) {
                BENCH.send(new CommandEnvelope(first.id(), first.key(), actor, other));
                assertThat(BENCH.outcomes())
                        .as("%s by %s, again", first, actor)
                        .singleElement()
                        .extracting(each -> each.rejection().code())
                        .isEqualTo(RejectionCode.ID_REUSED);
            }
            assertThat(BENCH.events()).as("%s again", first).isEmpty();
            assertThat(BENCH.states()).isEmpty();
            assertThat(stored()).isEqualTo(model.state());
        }

        private long revision() {
            return model.state() == null ? 0 : model.state().revision();
        }

        private ConnectorState stored() {
            var key = modelKey();
            ConnectorState state = BENCH.driver
                    .<String, ConnectorState>getKeyValueStore(StoreName.CONNECTORS)
                    .get(key);
            ConnectorStatus status = BENCH.driver
                    .<String, ConnectorStatus>getKeyValueStore(StoreName.STATUSES)
                    .get(key);
            return state == null ? null : state.withStatus(status);
        }

        private String modelKey() {
            return model.key().toString();
        }

        private static String line(String id, Stage stage, RejectionCode code, boolean created) {
            return id + " " + stage + " " + code + (created ? " created" : "");
        }
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "model-");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
