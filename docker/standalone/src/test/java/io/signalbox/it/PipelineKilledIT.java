package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The replica or the worker is killed when a pipeline that is created has come to some step, and again when it is deleted: it runs
 * all the same, its rows are equal, and in the end nothing is left of it. One step for each of them; all of them with
 * {@code -Dfault.long=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineKilledIT {

    private static final boolean ALL = Boolean.getBoolean("fault.long");

    /** By the id of a round, so many times instead of the others: {@code worker5}. */
    private static final String ONE = System.getProperty("fault.round", "");

    private static final int TIMES = Integer.getInteger("fault.times", 1);
    private static final String ROWS = "SELECT coalesce(string_agg(t::text, ';' ORDER BY id), '') FROM t";

    private static PipelineParts parts;

    /** What can be seen of a pipeline with that id when it has come so far. */
    private record Step(String name, Function<String, Boolean> reached) {}

    private static final List<Step> OF_CREATION = List.of(
            new Step("accepted", id -> true),
            new Step("published", id -> parts.remains(id).contains("publication supermetal_" + id)),
            new Step("source there", id -> parts.remains(id).contains("connector sm." + id + ".source")),
            new Step("slot there", id -> parts.remains(id).contains("slot supermetal_" + id)),
            new Step("sink there", id -> parts.remains(id).contains("connector sm." + id + ".sink")),
            new Step("rows on their way", id -> parts.remains(id).contains("topic sm." + id + ".public.t")),
            new Step("rows arrived", id -> !rows(parts.target.list(id, ROWS)).isEmpty()));

    private static final List<Step> OF_DELETION = List.of(
            new Step("accepted", id -> true),
            new Step("source stopped", id -> !running(id + ".source")),
            new Step("sink stopped", id -> !running(id + ".sink")),
            new Step("source gone", id -> !parts.remains(id).contains("connector sm." + id + ".source")),
            new Step("sink gone", id -> !parts.remains(id).contains("connector sm." + id + ".sink")),
            new Step("slot gone", id -> !parts.remains(id).contains("slot supermetal_" + id)),
            new Step("topics gone", id -> !parts.remains(id).contains("topic sm." + id + ".public.t")));

    private record Round(String id, String victim, Step ofCreation, Step ofDeletion) {

        /** A worker commits each minute that it has copied, which is later than each of these steps. */
        boolean copiesAgain() {
            return victim.equals("worker") && OF_CREATION.indexOf(ofCreation) >= OF_CREATION.size() - 2;
        }

        Round again(int time) {
            return new Round(id + "x" + time, victim, ofCreation, ofDeletion);
        }

        /** So many that it is not copied in a moment. */
        int rows() {
            return copiesAgain() ? 20_000 : 1_000;
        }

        @Override
        public String toString() {
            return victim + " killed: created, " + ofCreation.name() + "; deleted, " + ofDeletion.name();
        }
    }

    @BeforeAll
    static void start() throws InterruptedException {
        parts = new PipelineParts("killed-pipelines");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        parts.stop();
    }

    static Stream<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        for (String victim : List.of("replica", "worker")) {
            for (int i = 0; i < OF_CREATION.size(); i++) {
                rounds.add(new Round(victim + i, victim, OF_CREATION.get(i), OF_DELETION.get(i)));
            }
        }
        if (!ONE.isEmpty()) {
            return rounds.stream()
                    .filter(round -> round.id().equals(ONE))
                    .flatMap(round -> IntStream.range(0, TIMES).mapToObj(round::again));
        }
        return ALL ? rounds.stream() : Stream.of(rounds.get(2), rounds.get(OF_CREATION.size() + 5));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void what_was_asked_for_comes_to_be_and_nothing_else_is_left(Round round) throws InterruptedException {
        String id = round.id();
        Part victim = round.victim().equals("worker") ? parts.worker : parts.replica;
        fill(id, round.rows());

        parts.api.put(id, parts.request(id));
        kill(
                victim,
                id,
                round.ofCreation(),
                () -> parts.source.run(
                        id,
                        "UPDATE t SET what = 'other' WHERE id % 3 = 0",
                        "DELETE FROM t WHERE id % 7 = 0",
                        "INSERT INTO t SELECT -i FROM generate_series(1, 100) i"));
        awaitRunning(id);
        if (round.copiesAgain()) {
            assertThat(parts.api.history(id)).contains("snapshot/warning");
        }

        parts.api.command(id, "Delete");
        kill(victim, id, round.ofDeletion(), () -> {});

        Supermetal.await("gone", () -> parts.api.get(id).status() == 404);
        Supermetal.await().untilAsserted(() -> assertThat(parts.remains(id)).isEmpty());
    }

    /** All rows of a table are gone when the copy begins anew: there is nothing that it could find. */
    @Test
    void a_table_that_was_emptied_meanwhile_is_empty_at_the_target() throws InterruptedException {
        String id = "emptied";
        fill(id, 1_000);
        parts.api.put(id, parts.request(id));
        kill(parts.worker, id, OF_CREATION.getLast(), () -> parts.source.run(id, "DELETE FROM t"));
        awaitRunning(id);
        parts.source.run(id, "INSERT INTO t VALUES (1, 'again')");
        awaitRunning(id);
        parts.api.command(id, "Delete");
        parts.api.awaitGone(id);
    }

    /**
     * What a source tells has an offset, too, and Debezium takes that of its first word for the end of a copy. The word is told for it here:
     * by itself it has to be killed within half a second.
     */
    @Test
    void a_copy_that_the_source_takes_for_done_is_begun_once_more() throws Exception {
        String id = "forgotten";
        fill(id, 1_000);
        parts.api.put(id, parts.request(id));
        awaitRunning(id);
        parts.target.run(id, "DELETE FROM t WHERE id % 2 = 0");
        parts.worker.kill9();
        begun("sm." + id + "-notifications");
        parts.worker.startAndAwait();
        awaitRunning(id);
        assertThat(parts.api.history(id)).contains("snapshot/warning");
        parts.api.command(id, "Delete");
        parts.api.awaitGone(id);
    }

    /** As Debezium tells it. */
    private static void begun(String topic) throws Exception {
        String told =
                "{\"id\":\"%s\",\"aggregate_type\":\"Initial Snapshot\",\"type\":\"STARTED\",\"additional_data\":{},\"timestamp\":%d}"
                        .formatted(UUID.randomUUID(), System.currentTimeMillis());
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", RealParts.shared().broker().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, told.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    /** A database of that name at both ends, and a table with so many rows at the source. */
    private static void fill(String id, int rows) {
        parts.createDatabase(id);
        parts.source.run(
                id,
                "CREATE TABLE t (id int PRIMARY KEY, what text)",
                "INSERT INTO t SELECT i, 'one' FROM generate_series(1, " + rows + ") i");
    }

    private static void awaitRunning(String id) {
        Supermetal.await("running", () -> parts.api.state(id).startsWith("realtime/"));
        String rows = rows(parts.source.list(id, ROWS));
        Supermetal.await("rows equal", () -> rows(parts.target.list(id, ROWS)).equals(rows));
        assertThat(parts.remains(id).stream().filter(each -> each.startsWith("connector ")))
                .containsExactlyInAnyOrder("connector sm." + id + ".sink", "connector sm." + id + ".source");
    }

    /** @param meanwhile done while it is dead */
    private static void kill(Part victim, String id, Step at, Runnable meanwhile) throws InterruptedException {
        Callable<Boolean> reached = () -> at.reached().apply(id);
        Awaitility.await(at.name())
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(reached);
        victim.kill9();
        meanwhile.run();
        victim.startAndAwait();
    }

    private static boolean running(String connector) {
        return new Api(parts.worker.url()).state("sm." + connector).equals("RUNNING");
    }

    private static String rows(List<String> one) {
        return one.getFirst();
    }
}
