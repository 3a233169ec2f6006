package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.topology.OpenPartitions;
import io.signalbox.processor.topology.TopologyBench;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas with real servers between them, one partition that the second owns, and a log whose end the test sets. */
class HopsTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");
    private static final Config CONFIG = Config.of(Map.of("connector.class", "Any"));

    private static final String FIVE = "[{\"partition\":{\"p\":0},\"offset\":{\"at\":5}}]";
    private static final String NINE = "[{\"partition\":{\"p\":0},\"offset\":{\"at\":9}}]";

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Of the log, in ms. */
    private static final long TIME = 1_800_000_000_000L;

    @TempDir
    Path stateDir;

    private final CompletableFuture<Void> endAsked = new CompletableFuture<>();
    private volatile long end;
    private TopologyBench log;
    private InProcessReplica other;
    private InProcessReplica owner;

    @BeforeEach
    void open() {
        log = new TopologyBench(stateDir);
        other = new InProcessReplica(new OpenPartitions(() -> "other"), admin());
        owner = new InProcessReplica(log.open, admin());
        other.believesInOwner(owner);
        owner.believesInOwner(owner);
    }

    @AfterEach
    void close() {
        other.close();
        owner.close();
        log.close();
    }

    @Test
    void a_strong_read_on_the_owner_waits_for_what_was_acknowledged_before_it() throws Exception {
        assertSeesWhatWasAcknowledged(owner);
    }

    @Test
    void a_strong_read_over_a_hop_waits_for_what_was_acknowledged_before_it() throws Exception {
        assertSeesWhatWasAcknowledged(other);
    }

    @Test
    void what_was_asked_of_offsets_and_what_undoes_it_is_known_here_and_over_a_hop() {
        log.send(ORDERS, "c1", new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true));
        log.send(ORDERS, "c2", new Command.AlterOffsets(NINE, true));
        log.send(ORDERS, "c3", new Command.ReportOperation("c1", "c2", true, "altered", null, FIVE));
        for (InProcessReplica replica : List.of(owner, other)) {
            var queries = replica.queries;
            assertThat(queries.offsets(ORDERS, KnownOffsets.ASKED, Reading.usual()))
                    .map(ObservedOffsets::offsets)
                    .contains(NINE);
            assertThat(queries.offsets(ORDERS, KnownOffsets.UNDO, Reading.usual()))
                    .map(ObservedOffsets::offsets)
                    .contains(FIVE);
            assertThat(queries.offsets(ORDERS, Reading.usual())).isEmpty();
        }
    }

    /** The pause is in the log, and so acknowledged, when the read begins; the owner has not come to it. */
    private void assertSeesWhatWasAcknowledged(InProcessReplica replica) throws Exception {
        log.send(ORDERS, "c1", new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true));
        assertThat(replica.queries.find(ORDERS, Reading.usual()))
                .map(ConnectorState::targetState)
                .contains(TargetState.RUNNING);
        end = 2;
        var read = CompletableFuture.supplyAsync(() -> replica.queries.find(ORDERS, Reading.fresh(true, Map.of())));
        CompletableFuture.anyOf(endAsked, read).get(30, TimeUnit.SECONDS);
        log.send(ORDERS, "c2", new Command.PauseConnector());
        assertThat(read.get(30, TimeUnit.SECONDS))
                .map(ConnectorState::targetState)
                .contains(TargetState.PAUSED);
    }

    /** The processor has not come to what its caller was told already; no copy has it, so none may be asked. */
    @Test
    void what_was_foreseen_is_found_here_and_over_a_hop_and_what_would_lack_it_is_refused_as_such() {
        log.send(ORDERS, "c1", new Command.CreateConnector(CONFIG, TargetState.RUNNING, ConnectorType.SOURCE, true));
        var pause = new CommandEnvelope("c2", ORDERS, "tester", new Command.PauseConnector());
        var told = log.open
                .find(0)
                .filter(partition -> partition.sent(pause, 1))
                .flatMap(partition -> partition.foresee(pause, 1, TIME, true))
                .orElseThrow();
        for (InProcessReplica replica : List.of(owner, other)) {
            assertThat(replica.queries.find(ORDERS, Reading.usual())).contains(told.connector());
        }
        var history =
                Question.history(0, ORDERS.toString(), new HistoryPage(Long.MAX_VALUE, 10, true), new PeerCodec());
        assertThatThrownBy(() -> owner.local.get(0, 0, LONG)).isInstanceOf(OwedException.class);
        assertThatThrownBy(() -> other.peers.ofOwner(owner.address(), history, 0, LONG))
                .isInstanceOf(OwedException.class);
    }

    @Test
    void replicas_that_disagree_about_the_owner_do_not_send_a_read_round() {
        log.close();
        owner.believesInOwner(other);
        assertThatThrownBy(() -> other.queries.find(ORDERS, Reading.fresh(false, Map.of(0, 1L))))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(owner.looks()).as("the second looks for nobody").isZero();
        assertThat(other.looks())
                .as("the first looks until it has no patience left")
                .isPositive();
    }

    /** Knows the end of the log, and nothing else. */
    private Admin admin() {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("listOffsets")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    endAsked.complete(null);
                    var partition = (TopicPartition)
                            ((Map<?, ?>) arguments[0]).keySet().iterator().next();
                    var info = new ListOffsetsResultInfo(end, -1, Optional.empty());
                    return new ListOffsetsResult(Map.of(partition, KafkaFuture.completedFuture(info)));
                });
    }
}
