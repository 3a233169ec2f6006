package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.dataplane.systems.KnownSystems;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.Config;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A measurement, by hand: what a pipeline costs beside the same two connectors, with the same settings, put on the bare worker by hand.
 * They take turns in one run: {@code mvn verify -Dit.test=PipelinePace}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelinePace {

    private static final int ROUNDS = Integer.getInteger("pace.rounds", 3);
    private static final int ROWS = Integer.getInteger("pace.rows", 100_000);
    private static final int CHANGES = Integer.getInteger("pace.changes", 1_000);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Systems systems = new KnownSystems(Clock.systemUTC());
    private PipelineParts parts;
    private Api worker;

    /**
     * @param rowsPerSecond of the first copy, from the first row that arrived to the last one
     * @param p50 from the change at the source to the target, in milliseconds; so is {@code p99}
     */
    private record Pace(double rowsPerSecond, double p50, double p99) {}

    @BeforeAll
    void start() throws InterruptedException {
        parts = new PipelineParts("pace");
        worker = new Api(parts.worker.url());
    }

    @AfterAll
    void stop() throws InterruptedException {
        parts.stop();
    }

    @Test
    void a_pipeline_is_as_fast_as_its_connectors_by_hand() {
        List<Pace> pipelines = new ArrayList<>();
        List<Pace> byHand = new ArrayList<>();
        Map<String, Map<String, String>> settings = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            pipelines.add(pipeline("pipeline" + round, settings));
            byHand.add(byHand("byhand" + round, "pipeline" + round, settings));
        }
        Pace pipeline = median(pipelines);
        Pace hand = median(byHand);
        System.out.printf(
                "%d rounds, %d rows, %d changes%npipeline: %.0f rows/s, p50 %.0f ms, p99 %.0f ms  %s%nby hand:  %.0f rows/s,"
                        + " p50 %.0f ms, p99 %.0f ms  %s%n",
                ROUNDS,
                ROWS,
                CHANGES,
                pipeline.rowsPerSecond(),
                pipeline.p50(),
                pipeline.p99(),
                pipelines,
                hand.rowsPerSecond(),
                hand.p50(),
                hand.p99(),
                byHand);
        Promised.within(5, hand.rowsPerSecond(), pipeline.rowsPerSecond(), "rows of a first copy per second");
        Promised.within(5, pipeline.p50(), hand.p50(), "a change at half of all times");
    }

    private Pace pipeline(String id, Map<String, Map<String, String>> settings) {
        fill(id);
        parts.api.put(id, parts.request(id));
        Pace pace = measure(id);
        for (String end : List.of("source", "sink")) {
            settings.put(end, config("sm." + id + "." + end));
        }
        parts.api.command(id, "Delete");
        parts.api.awaitGone(id);
        return pace;
    }

    private Pace byHand(String id, String like, Map<String, Map<String, String>> settings) {
        fill(id);
        Map<String, String> source = renamed(settings.get("source"), like, id);
        Map<String, String> sink = renamed(settings.get("sink"), like, id);
        systems.prepareSource(Config.of(source), true);
        systems.prepareSink(Config.of(source), Config.of(sink));
        for (Map<String, String> config : List.of(source, sink)) {
            assertThat(worker.put("/connectors/" + config.get("name") + "/config", config)
                            .status())
                    .isEqualTo(201);
        }
        Pace pace = measure(id);
        for (Map<String, String> config : List.of(source, sink)) {
            worker.delete("/connectors/" + config.get("name"));
        }
        Supermetal.await(
                "gone", () -> worker.get("/connectors/" + source.get("name")).status() == 404);
        systems.dropSlot(Config.of(source));
        return pace;
    }

    /** As the worker has it, which shows what it was given. */
    private Map<String, String> config(String connector) {
        JsonNode shown = worker.get("/connectors/" + connector + "/config").body();
        Map<String, String> config = new TreeMap<>();
        shown.properties()
                .forEach(each -> config.put(each.getKey(), each.getValue().asText()));
        return config;
    }

    private static Map<String, String> renamed(Map<String, String> config, String like, String id) {
        Map<String, String> renamed = new TreeMap<>(config);
        renamed.replaceAll((key, value) -> value.replace(like, id));
        return renamed;
    }

    private void fill(String database) {
        parts.createDatabase(database);
        parts.source.run(database, """
                CREATE TABLE t (id bigint PRIMARY KEY, sent timestamptz DEFAULT clock_timestamp(), num integer, big bigint,
                  price numeric(12, 2), flag boolean, name text, code varchar(20), day date, ts timestamp, u uuid, js jsonb)""", """
                INSERT INTO t (id, num, big, price, flag, name, code, day, ts, u, js)
                SELECT i, i, i * 1000, i * 0.37, i %% 2 = 0, 'name of ' || i, 'c' || i, date '2020-01-01' + i %% 1000,
                  timestamp '2020-01-01' + i * interval '1 second', md5(i::text)::uuid, jsonb_build_object('i', i)
                FROM generate_series(1, %d) i""".formatted(ROWS));
    }

    private Pace measure(String database) {
        Supermetal.await("the first row", () -> count(database) > 0);
        long first = count(database);
        long began = System.nanoTime();
        Supermetal.await().pollInterval(Duration.ofMillis(50)).until(() -> count(database) == ROWS);
        double seconds = (System.nanoTime() - began) / 1e9;
        parts.target.run(database, "ALTER TABLE t ADD arrived timestamptz DEFAULT clock_timestamp()");
        change(database);
        Supermetal.await("the last change", () -> count(database) == ROWS + CHANGES);
        return new Pace((ROWS - first) / seconds, latency(database, 0.5), latency(database, 0.99));
    }

    private void change(String database) {
        try (var connection = parts.source.connect(database);
                var insert = connection.prepareStatement("INSERT INTO t (id, name) VALUES (?, 'later')")) {
            long next = System.nanoTime();
            for (int i = 1; i <= CHANGES; i++) {
                insert.setLong(1, ROWS + i);
                insert.execute();
                next += BETWEEN_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String database) {
        return Long.parseLong(
                parts.target.list(database, "SELECT count(*) FROM t").getFirst());
    }

    /** Without the first tenth, before which all was new. */
    private double latency(String database, double part) {
        return Double.parseDouble(parts.target
                .list(
                        database,
                        "SELECT percentile_cont(%s) WITHIN GROUP (ORDER BY extract(epoch FROM arrived - sent)) * 1000 FROM t WHERE id > %d"
                                .formatted(part, ROWS + CHANGES / 10))
                .getFirst());
    }

    private static Pace median(List<Pace> all) {
        return new Pace(
                middle(all.stream().map(Pace::rowsPerSecond).sorted().toList()),
                middle(all.stream().map(Pace::p50).sorted().toList()),
                middle(all.stream().map(Pace::p99).sorted().toList()));
    }

    private static double middle(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }
}
