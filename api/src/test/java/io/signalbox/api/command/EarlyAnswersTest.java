package io.signalbox.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.topology.TopologyBench;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who makes the processor hurry, and who does not. The topology is real; where the broker put a command is what the test says. */
class EarlyAnswersTest {

    private static final int OURS = 0;
    private static final int ANOTHERS = 1;
    private static final long TIME = 1_800_000_000_000L;

    @TempDir
    Path stateDir;

    private TopologyBench log;
    private EarlyAnswers early;
    private boolean settled = true;

    @BeforeEach
    void open() {
        log = new TopologyBench(stateDir);
        log.send(key("first"), "c0", create());
        early = new EarlyAnswers(log.open, () -> settled, key -> OURS);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void nobody_hurries_for_what_is_foreseen() {
        try (var hurry = early.hurry()) {
            assertThat(early.mayKnow(command("a"), at(OURS, 1), hurry)).isTrue();
            assertThat(early.of(command("a"), at(OURS, 1), true, hurry))
                    .map(CommandOutcome::created)
                    .contains(true);
            assertThat(hurried()).isFalse();
        }
    }

    @Test
    void who_follows_on_what_is_not_known_here_waits_for_the_processor_and_so_it_hurries() {
        try (var hurry = early.hurry()) {
            assertThat(early.mayKnow(command("a"), at(OURS, 2), hurry)).isFalse();
            assertThat(hurried()).isTrue();
        }
        assertThat(hurried()).as("he is gone").isFalse();
    }

    @Test
    void so_does_who_is_told_nothing_because_partitions_move() {
        try (var hurry = early.hurry()) {
            assertThat(early.mayKnow(command("a"), at(OURS, 1), hurry)).isTrue();
            settled = false;
            assertThat(early.of(command("a"), at(OURS, 1), true, hurry)).isEmpty();
            assertThat(hurried()).isTrue();
        }
        try (var hurry = early.hurry()) {
            assertThat(early.mayKnow(command("b"), at(OURS, 2), hurry)).isFalse();
            assertThat(hurried()).isTrue();
        }
    }

    @Test
    void whose_command_another_replica_processes_hurries_nobody_here() {
        try (var hurry = early.hurry()) {
            assertThat(early.mayKnow(command("a"), at(ANOTHERS, 1), hurry)).isFalse();
            assertThat(hurried()).isFalse();
        }
    }

    @Test
    void what_follows_on_a_report_of_this_replica_is_known() {
        var report = new CommandEnvelope("r", key("first"), "reconciler", new Command.ReportAbsent("u"));
        early.sent(report, at(OURS, 1));
        try (var hurry = early.hurry()) {
            assertThat(early.mayKnow(command("a"), at(OURS, 2), hurry)).isTrue();
            assertThat(early.of(command("a"), at(OURS, 2), true, hurry)).isPresent();
            assertThat(hurried()).isFalse();
        }
    }

    @Test
    void who_is_answered_elsewhere_may_ask_for_more_and_so_the_processor_hurries() {
        try (var producer = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer())) {
            var answers = new KafkaAnswers(producer, log.codecs, new OutcomeWaiters(), "here", early);
            var outcome = foreseen();
            answers.answer(outcome, "here");
            answers.answer(outcome, null);
            assertThat(hurried()).isFalse();
            answers.answer(outcome, "elsewhere");
            assertThat(hurried()).isTrue();
            assertThat(producer.history()).hasSize(2);
        }
    }

    private CommandOutcome foreseen() {
        try (var hurry = early.hurry()) {
            return Optional.of(command("a"))
                    .filter(command -> early.mayKnow(command, at(OURS, 1), hurry))
                    .flatMap(command -> early.of(command, at(OURS, 1), true, hurry))
                    .orElseThrow();
        }
    }

    private boolean hurried() {
        return log.open.pace().hurried();
    }

    private static ConnectorKey key(String name) {
        return new ConnectorKey("default", "local", name);
    }

    private static CommandEnvelope command(String name) {
        return new CommandEnvelope("c-" + name, key(name), "tester", create());
    }

    private static Command create() {
        return new Command.CreateConnector(
                Config.of(Map.of("connector.class", "Any")), TargetState.RUNNING, ConnectorType.SOURCE, false);
    }

    private static RecordMetadata at(int partition, long offset) {
        return new RecordMetadata(new TopicPartition("commands", partition), offset, 0, TIME, 0, 0);
    }
}
