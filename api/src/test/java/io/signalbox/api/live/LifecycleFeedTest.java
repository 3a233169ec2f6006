package io.signalbox.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.Event.ConnectorPaused;
import io.signalbox.processor.domain.Event.ConnectorResumed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of one or several replicas over a topic in memory. */
class LifecycleFeedTest {

    private static final ClusterKey LOCAL = new ClusterKey("default", "local");
    private static final Duration SOON = Duration.ofSeconds(5);

    private final EventLog log = new EventLog(4);
    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<LifecycleFeed> feeds = new ArrayList<>();

    @AfterEach
    void close() {
        feeds.forEach(LifecycleFeed::close);
    }

    @Test
    void from_now_on_there_is_what_happens_from_now_on() throws Exception {
        pause("a");
        var feed = feed(LiveLimits.DEFAULT);
        try (var stream = feed.fromNow(EventFilter.ALL)) {
            pause("b");
            var first = await(stream);
            assertThat(first.event().key()).isEqualTo(LOCAL.connector("b"));
            assertThat(new String(first.event().json(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("{\"id\":\"default/local/b-1\",\"type\":\"io.signalbox.event.ConnectorPaused\","
                            + "\"time\":\"2026-01-01T00:00:01Z\",\"environment\":\"default\",\"cluster\":\"local\","
                            + "\"connector\":\"b\",\"pipeline\":null,\"revision\":1,\"actor\":\"tester\",\"command_id\":\"command-1\","
                            + "\"data\":{}}");
        }
    }

    @Test
    void from_the_beginning_there_is_everything_and_then_what_happens() throws Exception {
        for (int i = 0; i < 500; i++) {
            pause("c" + i % 7);
        }
        var small = new LiveLimits(8, 2, 16, 1 << 20, SOON);
        var reader = new Checker();
        try (var stream = feed(small).fromBeginning(EventFilter.ALL)) {
            reader.read(stream, 500);
            assertThat(log.consumers()).isEqualTo(2);
            for (int i = 0; i < 10; i++) {
                pause("c" + i % 7);
            }
            reader.read(stream, 510);
            assertThat(gauge("catching-up")).isZero();
            assertThat(gauge("live")).isEqualTo(1);
        }
        assertThat(gauge("live")).isZero();
    }

    /** The heart of it: replicas see the partitions in different orders, and writers never pause. */
    @Test
    void who_comes_again_at_random_to_different_replicas_gets_each_event_once_and_in_order() throws Exception {
        var random = new Random(20261121);
        var small = new LiveLimits(8, 2, 64, 1 << 20, SOON);
        var replicas = List.of(feed(small), feed(small), feed(LiveLimits.DEFAULT));
        var written = new AtomicInteger();
        int all = 20_000;
        String position =
                replicas.getFirst().fromNow(EventFilter.ALL).position().text();
        var writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < all; i++) {
                pause("c" + i % 23);
                written.incrementAndGet();
                if (i % 40 == 0) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            }
        });
        var reader = new Checker();
        for (int round = 0; reader.seen.size() < all; round++) {
            assertThat(round).isLessThan(5_000);
            try (var stream = replicas.get(random.nextInt(3)).after(position, EventFilter.ALL)) {
                int enough = reader.seen.size() + random.nextInt(400);
                position = reader.readUntil(stream, Math.min(all, enough), position);
            }
        }
        writer.join();
        assertThat(written).hasValue(all);
        assertThat(reader.seen).hasSize(all);
    }

    @Test
    void what_is_filtered_out_is_behind_the_reader_nevertheless() throws Exception {
        var feed = feed(LiveLimits.DEFAULT);
        var filter = new EventFilter(Set.of(), Set.of("local"), Set.of("a"), Set.of("ConnectorResumed"));
        try (var stream = feed.fromNow(filter)) {
            pause("a");
            pause("b");
            log.append(new ClusterKey("default", "other").connector("a"), new ConnectorResumed());
            log.append(LOCAL.connector("a"), new ConnectorResumed());
            var found = await(stream);
            assertThat(found.event().simpleType()).isEqualTo("ConnectorResumed");
            assertThat(found.event().key()).isEqualTo(LOCAL.connector("a"));
            assertThat(stream.next(Duration.ZERO)).isEmpty();
            Awaitility.await().atMost(SOON).until(() -> {
                stream.next(Duration.ofMillis(1));
                return stream.position().covers(ends());
            });
        }
    }

    @Test
    void what_is_no_event_holds_up_nobody_and_what_nobody_understands_is_told_without_its_data() throws Exception {
        var feed = feed(LiveLimits.DEFAULT);
        try (var stream = feed.fromNow(EventFilter.ALL)) {
            var headers = log.codec()
                    .headers(new io.signalbox.processor.domain.RecordedEvent(
                            "id",
                            LOCAL.connector("a"),
                            1,
                            java.time.Instant.EPOCH,
                            "c",
                            "tester",
                            new ConnectorPaused()));
            log.append(0, null, new byte[0], new RecordHeaders());
            log.append(0, "default/local/a", new byte[] {1, 2, 3}, headers);
            var told = await(stream);
            assertThat(new String(told.event().json(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"type\":\"io.signalbox.event.ConnectorPaused\"")
                    .endsWith("\"data\":null}");
            assertThat(told.position().next(0)).isEqualTo(2);
        }
    }

    @Test
    void who_falls_behind_what_is_kept_is_cut_off_and_counted_and_can_come_again() throws Exception {
        var feed = feed(new LiveLimits(8, 2, 16, 1 << 20, SOON));
        var freed = new AtomicInteger();
        var reader = new Checker();
        String position;
        try (var stream = feed.fromNow(EventFilter.ALL)) {
            stream.onCutOff(freed::incrementAndGet);
            pause("a");
            position = reader.readUntil(stream, 1, stream.position().text());
            for (int i = 0; i < 100; i++) {
                pause("a");
            }
            Awaitility.await().atMost(SOON).until(stream::over);
            assertThat(stream.next(Duration.ZERO)).isEmpty();
        }
        assertThat(freed).hasValue(1);
        assertThat(cutOff()).isEqualTo(1);
        try (var again = feed.after(position, EventFilter.ALL)) {
            reader.read(again, 101);
        }
    }

    @Test
    void who_hangs_while_he_is_told_is_freed_and_cut_off() throws Exception {
        var feed = feed(LiveLimits.DEFAULT);
        var freed = new AtomicInteger();
        try (var stream = feed.fromNow(EventFilter.ALL)) {
            stream.onCutOff(freed::incrementAndGet);
            pause("a");
            await(stream);
            nanos.addAndGet(LiveLimits.DEFAULT.stuck().toNanos() + 1);
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(freed).hasValue(1));
            assertThat(stream.over()).isTrue();
        }
        assertThat(cutOff()).isEqualTo(1);
    }

    @Test
    void there_are_so_many_streams_and_no_more_until_one_ends() {
        var feed = feed(LiveLimits.DEFAULT.with(2, 1));
        var first = feed.fromNow(EventFilter.ALL);
        feed.fromNow(EventFilter.ALL);
        assertThatThrownBy(() -> feed.fromNow(EventFilter.ALL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no place for one more");
        first.close();
        first.close();
        feed.fromNow(EventFilter.ALL);
        assertThatThrownBy(() -> feed.fromNow(EventFilter.ALL)).isInstanceOf(Refusal.class);
    }

    @Test
    void so_many_catch_up_at_once_and_the_next_one_waits_for_his_turn() throws Exception {
        int all = 3 * EventLog.MOST_AT_ONCE;
        for (int i = 0; i < all; i++) {
            pause("a");
        }
        var feed = feed(new LiveLimits(8, 1, 4, 1 << 20, SOON));
        try (var first = feed.fromBeginning(EventFilter.ALL);
                var second = feed.fromBeginning(EventFilter.ALL)) {
            assertThat(first.next(Duration.ZERO)).hasSize(EventLog.MOST_AT_ONCE);
            assertThat(second.next(Duration.ofMillis(10))).isEmpty();
            assertThat(gauge("catching-up")).isEqualTo(2);
            int more = 0;
            while (more < all - EventLog.MOST_AT_ONCE) {
                more += first.next(Duration.ZERO).size();
            }
            new Checker().read(second, all);
            assertThat(gauge("catching-up")).isZero();
        }
    }

    @Test
    void a_replica_that_stops_ends_its_streams_where_they_are() throws Exception {
        var feed = feed(LiveLimits.DEFAULT);
        try (var stream = feed.fromNow(EventFilter.ALL)) {
            feed.drain();
            assertThat(stream.over()).isTrue();
            assertThat(feed.fromNow(EventFilter.ALL).over()).isTrue();
        }
    }

    @Test
    void a_position_that_no_stream_of_this_log_can_have_is_refused() {
        pause("a");
        var feed = feed(LiveLimits.DEFAULT);
        for (String id : List.of(
                "x",
                "",
                StreamPosition.of(0, 0).text(),
                StreamPosition.of(9, 9, 9, 9).text())) {
            assertThatThrownBy(() -> feed.after(id, EventFilter.ALL))
                    .as(id)
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("Illegal Last-Event-ID");
        }
    }

    private LifecycleFeed feed(LiveLimits limits) {
        var feed = log.feed(limits, nanos::get, metrics);
        feeds.add(feed);
        feed.start();
        Awaitility.await().atMost(SOON).until(feed::ready);
        return feed;
    }

    private void pause(String connector) {
        log.append(LOCAL.connector(connector), new ConnectorPaused());
    }

    private StreamPosition ends() {
        return StreamPosition.of(log.end(0), log.end(1), log.end(2), log.end(3));
    }

    private double cutOff() {
        return metrics.get("signalbox.events.cut.off").counter().count();
    }

    private double gauge(String state) {
        return metrics.get("signalbox.events.streams")
                .tag("state", state)
                .gauge()
                .value();
    }

    private static LiveStream.Delivery await(LiveStream stream) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < deadline) {
            var found = stream.next(Duration.ofMillis(100));
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        throw new AssertionError("Nothing came");
    }

    /** What one reader has seen: fails at the first event that comes twice, or in another order. */
    private static final class Checker {
        private final Set<String> seen = new HashSet<>();
        private final Map<ConnectorKey, Long> revisions = new HashMap<>();

        void read(LiveStream stream, int until) throws InterruptedException {
            readUntil(stream, until, stream.position().text());
            assertThat(seen).hasSize(until);
        }

        /** @return the last position that it got; it may end in the middle of what was handed to it at once, as clients do */
        String readUntil(LiveStream stream, int until, String before) throws InterruptedException {
            String last = before;
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (seen.size() < until && !stream.over()) {
                assertThat(System.nanoTime()).as("seen %s", seen.size()).isLessThan(deadline);
                for (var delivery : stream.next(Duration.ofMillis(100))) {
                    if (seen.size() == until) {
                        return last;
                    }
                    take(delivery.event());
                    last = delivery.position().text();
                }
            }
            return last;
        }

        private void take(LiveEvent event) {
            assertThat(seen.add(event.marks().id())).as(event.marks().id()).isTrue();
            var key = (ConnectorKey) event.key();
            long revision = event.marks().revision();
            assertThat(revision).as(event.marks().id()).isEqualTo(revisions.getOrDefault(key, 0L) + 1);
            revisions.put(key, revision);
        }
    }
}
