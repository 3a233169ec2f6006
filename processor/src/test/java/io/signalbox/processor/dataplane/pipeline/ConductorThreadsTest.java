package io.signalbox.processor.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.processor.dataplane.CompactedTable;
import io.signalbox.processor.dataplane.Kafka;
import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.dataplane.systems.TableName;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.secrets.References;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which pipelines a conductor looks at, on which threads, and for how long. */
class ConductorThreadsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final PipelineKey SLOW = new PipelineKey("default", "local", "slow");
    private static final PipelineKey QUICK = new PipelineKey("default", "local", "quick");

    private final Kafka.Topic<PipelineState> topic = new Kafka.Topic<>("signalbox.pipelines", 1);
    private final CompactedTable<PipelineState> table =
            new CompactedTable<>("test-pipelines", topic, "signalbox.pipelines");
    private final Set<PipelineKey> owned = ConcurrentHashMap.newKeySet();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Conductor conductor = new Conductor(
            table,
            key -> owned.contains(key),
            new Tools(
                    key -> Optional.empty(),
                    null,
                    this::report,
                    new Hanging(),
                    new NoKafka(),
                    any -> Phases.Phase.UNTOLD,
                    null,
                    (any, copy) -> Optional.empty(),
                    any -> Optional.empty(),
                    World.SEALER,
                    References.NONE,
                    table::list,
                    Pace.of(System::nanoTime, Clock.systemUTC())));

    private void report(PipelineKey key, Command.PipelineReport report) {
        reports.add(key.id() + " " + report.getClass().getSimpleName());
    }

    private static PipelineState created(PipelineKey key) {
        var log = new MemoryLog(() -> World.START);
        log.report(key, new Command.CreatePipeline("{}", ConductorTest.plan(key, "1", false, null, false)));
        return log.pipeline(key);
    }

    private void append(PipelineKey key, PipelineState state) {
        topic.schedulePollTask(() -> topic.append(0, key.toString(), state));
    }

    @BeforeEach
    void start() {
        append(SLOW, created(SLOW));
        append(QUICK, created(QUICK));
        table.start();
        conductor.start();
    }

    @AfterEach
    void close() {
        conductor.close();
        table.close();
    }

    @Test
    void one_that_hangs_keeps_no_other_from_going_on() {
        owned.addAll(List.of(SLOW, QUICK));
        await().atMost(LONG).until(() -> reports.contains("quick ReportPipelinePrepared"));
        assertThat(reports).doesNotContain("slow ReportPipelinePrepared");
    }

    @Test
    void only_what_is_this_replicas_is_looked_at_and_only_as_long_as_it_is() throws Exception {
        owned.add(SLOW);
        await().atMost(LONG).until(() -> begun.get() == 1);
        owned.remove(SLOW);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).as("broken off").isTrue();
        owned.add(QUICK);
        await().atMost(LONG).until(() -> reports.contains("quick ReportPipelinePrepared"));
        assertThat(begun).hasValue(1);
    }

    @Test
    void one_that_is_gone_is_looked_at_no_more() throws Exception {
        owned.add(SLOW);
        await().atMost(LONG).until(() -> begun.get() == 1);
        append(SLOW, null);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(conductor.counts()).isEmpty();
    }

    @Test
    void its_end_breaks_off_what_is_under_way() throws Exception {
        owned.add(SLOW);
        await().atMost(LONG).until(() -> begun.get() == 1);
        assertThat(conductor.counts()).isEqualTo(Map.of("START/START", 1L));
        conductor.close();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private final class Hanging implements Systems {
        @Override
        public SourceReady prepareSource(Config source, boolean ownsPublication) {
            if (source.get("slot.name").equals(SLOW.slot())) {
                begun.incrementAndGet();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
            return new SourceReady(Map.of(), List.of(), List.of(), true);
        }

        @Override
        public void prepareSink(Config source, Config sink) {
            assertThat(sink.get("connector.class")).isEqualTo("Sink");
        }

        @Override
        public void dropSlot(Config source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dropPublication(Config source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Catalog catalog(Config source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> obstacle(Config source, TableName table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> fit(Config source) {
            return Map.of();
        }

        @Override
        public List<Check> checkSource(Config source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Check> checkSink(Config sink) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoKafka implements Topics {
        @Override
        public void delete(String prefix, Set<String> names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Backlog backlog(String group, Pattern topics, Instant now) {
            return Backlog.FRESH;
        }

        @Override
        public long lag(String group, Pattern topics) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Long> ends(Pattern topics) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean committed(String group, Map<String, Long> ends) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deleteGroup(String group) {
            throw new UnsupportedOperationException();
        }
    }
}
