package io.signalbox.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromiseTest {

    private final Results results = new Results(new PrintStream(OutputStream.nullOutputStream()));

    @Test
    void without_its_row_a_promise_is_neither_held_nor_broken() {
        assertThat(Promise.ALL).hasSize(17).allSatisfy(promise -> {
            assertThat(promise.of(results).measured()).isNull();
            assertThat(promise.of(results).held()).isFalse();
            assertThat(promise.of(results).heldText()).isEqualTo("not measured");
        });
    }

    @Test
    void a_time_is_compared_with_the_limit_by_its_multiple() {
        row("create-1-away", Metric.P50, null, 3.0, 1.5);
        assertThat(verdict("without a pause").measured()).isEqualTo(2.0);
        assertThat(verdict("without a pause").held()).isTrue();
        assertThat(verdict("at random").measured()).as("that was not measured").isNull();
    }

    @Test
    void what_came_at_random_is_compared_with_what_came_so_at_the_limit() {
        var paced = Map.of(Metric.P50, 9.0, Metric.PACED_P50, 3.2);
        var limit = Map.of(Metric.P50, 1.0, Metric.PACED_P50, 1.6);
        results.add(
                new Row("any", "create-1-away", "", Metric.P50, Figures.NONE, new Figures(paced), new Figures(limit)));
        assertThat(verdict("at random").measured()).isEqualTo(2.0);
        assertThat(verdict("without a pause").measured()).isEqualTo(9.0);
    }

    @Test
    void a_time_is_compared_with_the_workers_by_its_part() {
        row("create-1-validated", Metric.P50, 40.0, 5.1, null);
        assertThat(verdict("create validated").measured()).isEqualTo(5.1 / 40);
        assertThat(verdict("create validated").heldText()).isEqualTo("**no**");
    }

    @Test
    void a_rate_is_compared_with_the_limit_by_its_part_and_with_the_worker_by_its_multiple() {
        row("get-500", Metric.PER_SECOND, 5_000.0, 28_800.0, 36_000.0);
        row("expanded-500", Metric.PER_SECOND, 10.0, 399.0, null);
        assertThat(verdict("80 %").measured()).isEqualTo(0.8);
        assertThat(verdict("80 %").held()).isTrue();
        assertThat(verdict("at least 40").measured()).isEqualTo(39.9);
        assertThat(verdict("at least 40").held()).isFalse();
    }

    @Test
    void the_cost_of_a_page_needs_all_sizes() {
        row("page-1000", Metric.P50, null, 2.0, null);
        row("page-10000", Metric.P50, null, 1.6, null);
        assertThat(verdict("cost of a page").measured()).isNull();
        row("page-100000", Metric.P50, null, 2.4, null);
        assertThat(verdict("cost of a page").measured()).isEqualTo(2.4 / 1.6);
        assertThat(verdict("cost of a page").held()).isTrue();
    }

    @Test
    void each_promise_finds_its_number_in_a_whole_run() {
        for (String id : List.of("create-1-validated", "failure-event", "running-1")) {
            row(id, Metric.P50, 1.0, 1.0, 1.0);
        }
        var both = new Figures(Map.of(Metric.P50, 1.0, Metric.PACED_P50, 1.0));
        results.add(new Row("any", "create-1-away", "", Metric.P50, Figures.NONE, both, both));
        for (String id : List.of("create-64-away", "get-500", "status-500", "expanded-500")) {
            row(id, Metric.PER_SECOND, 1.0, 1.0, 1.0);
        }
        row("running-100", Metric.SECONDS, 1.0, 1.0, 1.0);
        for (String id : List.of("start-empty-100000", "start-own-100000")) {
            row(id, Metric.READY_SECONDS, null, 1.0, null);
        }
        for (int size : Sizes.SIZES) {
            row("page-" + size, Metric.P50, null, 1.0, null);
        }
        row("memory-100000", Metric.MEGABYTES, null, 1.0, null);
        row("cpu-rest", Metric.CPU_PERCENT, null, 1.0, null);
        assertThat(Promise.ALL)
                .allSatisfy(
                        promise -> assertThat(promise.of(results).measured()).isNotNull());
    }

    /** Its p99 is 1. */
    private void row(String id, Metric headline, Double worker, Double ours, Double limit) {
        results.add(new Row(
                "any", id, id, headline, figures(headline, worker), figures(headline, ours), figures(headline, limit)));
    }

    private static Figures figures(Metric headline, Double value) {
        return value == null ? Figures.NONE : new Figures(Map.of(headline, value, Metric.P99, 1.0));
    }

    private Promise.Verdict verdict(String words) {
        return Promise.ALL.stream()
                .filter(promise -> promise.words().contains(words))
                .findFirst()
                .orElseThrow()
                .of(results);
    }
}
