package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.fault.HeldReplica;
import io.signalbox.it.Lifecycle.Event;
import io.signalbox.processor.topology.FaultPoints;
import io.signalbox.standalone.Replica;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** The log has fixed what the processor will say: a caller need not wait for it, and a reader then does. */
class EarlyAnswerIT {

    private static final String PREFIX = "foreseen";
    private static final int PARTITIONS = Integer.parseInt(SharedReplica.SMALL.get("topic.partitions"));
    private static final String[] HELD = {
        "Idempotency-Key", HeldReplica.id(FaultPoints.AFTER_PRODUCE, "held-1"),
    };
    private static final Map<String, String> CONFIG = Map.of("connector.class", "FileStreamSource", "file", "/f");

    private final RealParts parts = RealParts.shared();
    private final Lifecycle lifecycle = new Lifecycle(parts, PREFIX);

    @Test
    void a_create_is_answered_while_the_processor_stands_still_and_nobody_is_told_that_it_is_not_there()
            throws Exception {
        Replica dying = parts.newReplica(PREFIX, SharedReplica.SMALL, HeldReplica.class);
        dying.startAndAwait();
        var before = new Api(dying.url());
        before.register("local", SharedReplica.NO_WORKER);
        // Where nothing was processed yet, nothing is foreseen.
        IntStream.range(0, PARTITIONS).forEach(partition -> create(before, name("first", partition)));

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            // Nobody answers it: the process dies.
            callers.submit(() -> before.create(name("held", 0), CONFIG, "?validate=deferred", HELD));
            Eventually.holds(() -> assertThat(dying.child().log()).content().contains(HeldReplica.line(HELD[1])));

            var answer = create(before, name("early", 1));
            // It follows on what is not processed either.
            var paused = before.put("/connectors/" + name("first", 1) + "/pause");
            assertThat(paused.status()).as(paused.toString()).isEqualTo(202);
            var read = before.get("/connectors/" + name("early", 1));
            assertThat(read.body()).as(read.toString()).isEqualTo(answer.body());
            var list = before.get("/connectors");
            assertThat(list.status()).as(list.toString()).isEqualTo(503);
            assertThat(before.get("/connectors/" + name("first", 2)).status())
                    .as("where nobody was told anything early")
                    .isEqualTo(200);
            dying.kill9();

            Replica heir = parts.newReplica(PREFIX, SharedReplica.SMALL);
            heir.startAndAwait();
            Eventually.holds(() -> assertThat(created(name("early", 1))).hasSize(1));
            assertThat(new Api(heir.url())
                            .get("/connectors/" + name("early", 1))
                            .body())
                    .isEqualTo(answer.body());
            Eventually.holds(() ->
                    assertThat(events(name("first", 1), "ConnectorPaused")).hasSize(1));
            Eventually.holds(() -> assertThat(created(name("held", 0))).hasSize(1));
            heir.stop();
        }
    }

    private static Api.Answer create(Api api, String name) {
        var answer = api.create(name, CONFIG, "?validate=deferred");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    /** One whose commands go to this partition. */
    private static String name(String prefix, int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> prefix + "-" + i)
                .filter(name ->
                        Utils.toPositive(Utils.murmur2(("default/local/" + name).getBytes(StandardCharsets.UTF_8)))
                                        % PARTITIONS
                                == partition)
                .findFirst()
                .orElseThrow();
    }

    private List<Event> created(String name) {
        return events(name, "ConnectorCreated");
    }

    private List<Event> events(String name, String type) {
        return lifecycle.steps("default/local/" + name).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }
}
