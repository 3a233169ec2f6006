package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.fault.HeldReplica;
import io.signalbox.it.Lifecycle.Event;
import io.signalbox.processor.topology.FaultPoints;
import io.signalbox.standalone.Replica;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer may be given before the commit, because the log has fixed it: whoever takes over decides the same. */
class AnswerBeforeCommitIT {

    private static final String PREFIX = "early";
    private static final String[] KEY = {"Idempotency-Key", HeldReplica.id(FaultPoints.APPENDED, "create-1")};
    private static final Map<String, String> CONFIG = Map.of("connector.class", "FileStreamSource", "file", "/f");

    private final RealParts parts = RealParts.shared();
    private final Lifecycle lifecycle = new Lifecycle(parts, PREFIX);

    @Test
    void a_create_that_was_answered_and_not_committed_when_the_process_died_is_created_exactly_once() throws Exception {
        Replica dying = parts.newReplica(PREFIX, SharedReplica.SMALL, HeldReplica.class);
        dying.startAndAwait();
        var before = new Api(dying.url());
        before.register("local", SharedReplica.NO_WORKER);
        Eventually.holds(
                () -> assertThat(lifecycle.all()).extracting(Event::type).containsExactly("ClusterRegistered"));

        Api.Answer first = before.create("orders", CONFIG, "?validate=deferred", KEY);
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        Eventually.holds(() -> assertThat(dying.child().log()).content().contains(HeldReplica.line(KEY[1])));
        dying.kill9();
        assertThat(created()).isEmpty();

        Replica heir = parts.newReplica(PREFIX, SharedReplica.SMALL);
        heir.startAndAwait();
        var after = new Api(heir.url());
        Eventually.holds(() -> assertThat(created()).hasSize(1));
        assertThat(after.get("/connectors/orders").body()).isEqualTo(first.body());

        Api.Answer again = after.create("orders", CONFIG, "?validate=deferred", KEY);
        assertThat(again.status()).as(again.toString()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.commandId()).isEqualTo(first.commandId());

        // Behind the repetition in the same partition: once this is committed, so would a second creation be.
        after.put("/connectors/orders/pause");
        Eventually.holds(() -> assertThat(lifecycle.steps("default/local/orders"))
                .extracting(Event::type)
                .containsExactly("ConnectorCreated", "ConnectorPaused"));
        heir.stop();
    }

    private List<Event> created() {
        return lifecycle.all().stream()
                .filter(event -> event.type().equals("ConnectorCreated"))
                .toList();
    }
}
