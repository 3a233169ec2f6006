package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.ReportPlaces;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.FollowUp;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.QuotaUse;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.TargetState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Quotas over several partitions, each the whole topology, with a bad post between them: what one tells another comes late, in
 * any order, twice or not at all. A limit is never overstepped, everybody is answered once, and in the end the books are right.
 */
class QuotaPartitionsProperties {

    private static final int PARTITIONS = 3;
    private static final int STEPS = 60;
    private static final int NAMES = 9;

    private static final List<TopologyBench> BENCHES = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopologyBench(directory(), PARTITIONS))
            .toList();
    private static int environments;

    @Property(tries = 30)
    void a_limit_is_never_overstepped_and_none_of_it_is_wasted(@ForAll long seed) {
        var town = new Town(seed);
        town.limit(4, 9);
        town.calm();
        for (int i = 0; i < STEPS; i++) {
            town.step();
            assertThat(town.taken().within(new Places(4, 9)))
                    .as("%s", town.taken())
                    .isTrue();
        }
        town.calm();
        town.requireOrder();
        town.fill(4, 9);
    }

    @Property(tries = 30)
    void limits_that_come_and_go_leave_right_books(@ForAll long seed) {
        var town = new Town(seed);
        for (int i = 0; i < STEPS; i++) {
            town.step();
            switch (town.random.nextInt(12)) {
                case 0 -> town.limit(town.random.nextInt(6), null);
                case 1 -> town.limit(null, town.random.nextInt(12));
                case 2 -> town.remove();
                default -> {
                    // the limits stay
                }
            }
        }
        town.limit(2, null);
        town.calm();
        town.requireOrder();
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("quota");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param to the partition that is to take it */
    private record Letter(int to, CommandEnvelope envelope) {}

    /** One environment, and the post between its partitions. */
    private static final class Town {

        private final Random random;
        private final String name = "env" + ++environments;
        private final QuotaKey key = new QuotaKey(name);
        private final List<Letter> post = new ArrayList<>();
        private final Map<String, CommandEnvelope> asked = new HashMap<>();
        private final Map<String, CommandOutcome> answered = new HashMap<>();
        private int commands;

        Town(long seed) {
            random = new Random(seed);
        }

        private int partition(AggregateKey of) {
            return of instanceof ConnectorKey connector
                    ? Character.getNumericValue(connector.connector().charAt(1)) % PARTITIONS
                    : 0;
        }

        void limit(Integer connectors, Integer tasks) {
            ask(key, new Command.SetQuota(connectors, tasks));
        }

        void remove() {
            ask(key, new Command.RemoveQuota());
        }

        /** Somebody asks for something, or again for what was asked before; some letters arrive. */
        void step() {
            if (!asked.isEmpty() && random.nextInt(5) == 0) {
                var all = List.copyOf(asked.values());
                send(all.get(random.nextInt(all.size())));
            } else {
                ask(new ConnectorKey(name, "a", "c" + random.nextInt(NAMES)), command());
            }
            for (int i = random.nextInt(8); i > 0 && !post.isEmpty(); i--) {
                badPost();
            }
            if (random.nextInt(10) == 0) {
                remind();
            }
        }

        private Command command() {
            var config = Config.of(Map.of("connector.class", "X", "tasks.max", "" + (1 + random.nextInt(4))));
            return switch (random.nextInt(6)) {
                case 0, 1 -> new Command.CreateConnector(config, TargetState.RUNNING, ConnectorType.SOURCE, true);
                case 2, 3 -> new Command.PutConfig(config, ConnectorType.SOURCE, true);
                case 4 -> new Command.DeleteConnector();
                default -> new Command.PauseConnector();
            };
        }

        private void ask(AggregateKey about, Command command) {
            var envelope = new CommandEnvelope(name + "-" + ++commands, about, "tester", command);
            asked.put(envelope.id(), envelope);
            send(envelope);
        }

        private void send(CommandEnvelope envelope) {
            take(partition(envelope.key()), envelope);
        }

        private void badPost() {
            var letter = post.get(random.nextInt(post.size()));
            int fate = random.nextInt(10);
            if (fate > 0) {
                post.remove(letter);
            }
            if (fate < 9) {
                take(letter.to(), letter.envelope());
            }
        }

        private void take(int partition, CommandEnvelope envelope) {
            BENCHES.get(partition).send(envelope);
            collect();
        }

        /** What each partition has to say, and to whom; which of them it is, its driver does not know. */
        private void collect() {
            for (int from = 0; from < PARTITIONS; from++) {
                for (FollowUp followUp : BENCHES.get(from).followUps()) {
                    var envelope = followUp.envelope();
                    if (!envelope.key().environment().equals(name)) {
                        continue; // An earlier try's, which goes on reminding.
                    }
                    if (envelope.command() instanceof ReportPlaces r) {
                        envelope = new CommandEnvelope(
                                envelope.id(),
                                envelope.key(),
                                envelope.actor(),
                                new ReportPlaces(from, r.offset(), r.count(), r.used(), r.connector(), r.commandId()));
                    }
                    int to = followUp.partition() == null ? partition(envelope.key()) : followUp.partition();
                    post.add(new Letter(to, envelope));
                }
                for (CommandOutcome outcome : BENCHES.get(from).outcomes()) {
                    var earlier = answered.put(outcome.commandId(), outcome);
                    if (earlier != null) {
                        assertThat(outcome).isEqualTo(earlier);
                    }
                }
            }
        }

        private void remind() {
            BENCHES.forEach(bench -> bench.driver.advanceWallClockTime(Duration.ofSeconds(2)));
            collect();
        }

        /** The post is good again, and everybody has time. */
        void calm() {
            for (int i = 0; i < 4; i++) {
                deliver();
                remind();
            }
            assertThat(post)
                    .as("nothing is under way; what is taken is told again for ever")
                    .allMatch(letter -> letter.envelope().command() instanceof ReportPlaces);
            deliver();
        }

        private void deliver() {
            while (!post.isEmpty()) {
                var letter = post.removeFirst();
                take(letter.to(), letter.envelope());
            }
        }

        Places taken() {
            var sum = Places.NONE;
            for (TopologyBench bench : BENCHES) {
                KeyValueStore<String, ConnectorState> connectors = bench.driver.getKeyValueStore(StoreName.CONNECTORS);
                try (var all = connectors.range(name + "/", name + "0")) {
                    while (all.hasNext()) {
                        sum = sum.plus(Places.of(all.next().value));
                    }
                }
            }
            return sum;
        }

        private QuotaUse use() {
            return QuotaView.use(BENCHES.getFirst().driver.getKeyValueStore(StoreName.QUOTAS), name)
                    .orElseThrow();
        }

        void requireOrder() {
            assertThat(answered.keySet()).isEqualTo(asked.keySet());
            assertThat(use().known()).isTrue();
            assertThat(use().used()).isEqualTo(taken());
            assertThat(use().reserved()).isEmpty();
            assertThat(use().waiting()).isEmpty();
        }

        /** Each new one is let in exactly as long as there is room. */
        void fill(int connectors, int tasks) {
            for (int i = 0; i < 6; i++) {
                boolean room = taken().plus(new Places(1, 1)).within(new Places(connectors, tasks));
                var config = Config.of(Map.of("connector.class", "X"));
                var create = new Command.CreateConnector(config, TargetState.RUNNING, ConnectorType.SOURCE, true);
                ask(new ConnectorKey(name, "a", "d" + i), create);
                calm();
                var outcome = answered.get(name + "-" + commands);
                assertThat(outcome.rejected()).isEqualTo(!room);
                if (!room) {
                    assertThat(outcome.rejection().code()).isEqualTo(RejectionCode.QUOTA_EXCEEDED);
                }
            }
            requireOrder();
        }
    }
}
