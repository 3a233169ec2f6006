package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.Sealer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored secrets from the command topic to their table. */
class SecretTopologyTest {

    private static final SecretId ID = new SecretId("default", "local", "a/b");
    private static final Sealer SEALER = KeySets.fresh();

    @TempDir
    Path stateDir;

    private TopologyBench bench;
    private TestOutputTopic<String, StoredSecret> table;

    @BeforeEach
    void open() {
        bench = new TopologyBench(stateDir);
        table = bench.driver.createOutputTopic(
                TopologyBench.TOPICS.secrets(),
                new StringDeserializer(),
                bench.codecs.storedSecrets().deserializer());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_secret_lives_in_its_table_until_it_is_deleted() {
        String one = SEALER.seal(ID, "hunter2");
        String two = SEALER.seal(ID, "hunter3");
        bench.send(ID, "c1", new Command.CreateSecret(one, Map.of("team", "a")));
        bench.send(ID, "c2", new Command.CreateSecret(two, Map.of()));
        bench.send(ID, "c3", new Command.ReplaceSecret(two, null));
        bench.send(ID, "c4", new Command.ReplaceSecret(two, null));
        bench.send(ID, "c5", new Command.DeleteSecret());

        assertThat(bench.events())
                .extracting(RecordedEvent::event)
                .containsExactly(
                        new Event.SecretCreated(one, Map.of("team", "a")),
                        new Event.SecretReplaced(two, Map.of("team", "a")),
                        new Event.SecretDeleted());
        var outcomes = bench.outcomes();
        assertThat(outcomes)
                .extracting(outcome -> outcome.stage())
                .containsExactly(Stage.ACCEPTED, Stage.REJECTED, Stage.ACCEPTED, Stage.ACCEPTED, Stage.ACCEPTED);
        assertThat(outcomes.getFirst().created()).isTrue();
        assertThat(outcomes.get(1).rejection().code()).isEqualTo(RejectionCode.ALREADY_EXISTS);
        var states = table.readRecordsToList();
        assertThat(states).extracting(state -> state.key()).containsOnly("@secret/default/local/a/b");
        assertThat(states.get(0).value().data()).isEqualTo(one);
        assertThat(states.get(1).value().previous()).containsExactly(one);
        assertThat(states.get(2).value()).isNull();
        assertThat(states).hasSize(3);
    }

    @Test
    void what_was_sealed_anew_takes_its_place_and_nobody_is_answered() {
        bench.send(ID, "c1", new Command.CreateSecret("old", Map.of()));
        bench.outcomes();
        bench.send(ID, "r1", new Command.ReportSecretResealed(List.of("old"), List.of("new")));
        bench.send(ID, "r2", new Command.ReportSecretResealed(List.of("old"), List.of("newer")));
        assertThat(bench.outcomes()).isEmpty();
        assertThat(table.readRecordsToList().getLast().value().data()).isEqualTo("new");
    }

    @Test
    void a_command_under_a_key_of_another_kind_is_a_dead_letter() {
        bench.send(new ClusterKey("default", "local"), "c1", new Command.DeleteSecret());
        assertThat(bench.deadLetters()).hasSize(1);
    }

    @Test
    void the_secret_itself_is_on_no_topic() {
        bench.send(ID, "c1", new Command.CreateSecret(SEALER.seal(ID, "hunter2"), Map.of()));
        for (String topic : bench.driver.producedTopicNames()) {
            bench.driver
                    .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .forEach(record -> assertThat(new String(record.value(), StandardCharsets.ISO_8859_1))
                            .as(topic)
                            .doesNotContain("hunter2"));
        }
    }
}
