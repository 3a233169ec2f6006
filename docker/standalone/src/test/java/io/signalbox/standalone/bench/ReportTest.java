package io.signalbox.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Machine MACHINE =
            new Machine(LocalDate.of(2026, 1, 2), 2, "Abacus", 4_096, "Linux", "JVM", "hand");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Results results = new Results(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void a_rate_is_so_many_times_the_workers_and_a_part_of_the_limit() {
        var row = new Row("reads", "get-500", "get", Metric.PER_SECOND, rate(5_000), rate(30_000), rate(40_000));
        assertThat(row.toWorker()).hasValue(6);
        assertThat(row.toLimit()).hasValue(0.75);
        assertThat(Report.line(row)).isEqualTo("| get | 5,000/s | 30,000/s | 40,000/s | 6.00 × the rate | 75 % |");
    }

    @Test
    void a_time_is_so_many_times_shorter_than_the_workers_and_longer_than_the_limit() {
        var row = new Row("changes", "x", "create", Metric.P50, times(40, 80), times(5, 9), times(2.5, 3));
        assertThat(row.toWorker()).hasValue(8);
        assertThat(row.toLimit()).hasValue(0.5);
        assertThat(Report.line(row))
                .isEqualTo("| create | p50 40.0 ms, p99 80.0 ms | p50 5.00 ms, p99 9.00 ms | p50 2.50 ms, p99 3.00 ms |"
                        + " 8.00 × as fast | 50 % |");
    }

    @Test
    void what_has_no_other_side_has_empty_cells() {
        var row = new Row("rest", "cpu-rest", "rest", Metric.CPU_PERCENT, Figures.NONE, cpu(1.5), Figures.NONE);
        assertThat(Report.line(row)).isEqualTo("| rest |  | 1.50 % of a core |  |  |  |");
    }

    @Test
    void what_took_no_time_that_could_be_measured_is_not_divided_by() {
        var row = new Row("failures", "x", "seen", Metric.P50, times(3, 5), times(0, 2), times(0, 0));
        assertThat(row.toWorker()).isEmpty();
        assertThat(row.toLimit()).isEmpty();
    }

    @Test
    void numbers_have_three_digits_that_count_or_all_before_the_point() {
        assertThat(List.of(0.123456, 9.994, 9.996, 99.94, 99.96, 12_345.6))
                .extracting(Metric::number)
                .containsExactly("0.12", "9.99", "10.0", "99.9", "100", "12,346");
    }

    @Test
    void a_page_has_each_section_with_its_rows_and_pictures_and_says_what_was_not_measured() {
        results.add(new Row("rest", "cpu-rest", "rest", Metric.CPU_PERCENT, Figures.NONE, cpu(3.5), Figures.NONE));
        results.took("rest", 31);
        String page = new Report(results, MACHINE).page(List.of(new Plot("rest", "idle", "At rest", "<svg/>")));
        assertThat(page)
                .startsWith("2026-01-02, 2 processors (Abacus), 4,096 MB, Linux, JVM; reads by hand.")
                .contains("### At rest\n\n| work |")
                .contains("| rest |  | 3.50 % of a core |  |  |  |\n")
                .contains("![At rest](performance/idle.svg)")
                .contains("| at rest with 1,000 connectors: at most 3 % of a core | 3.50 % | **no** |")
                .contains("|  | not measured |");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Signalbox: 3.50 % of a core");
    }

    @Test
    void json_has_each_number_with_its_unit_and_null_for_what_was_not_measured() throws Exception {
        results.add(new Row("changes", "x", "create", Metric.P50, times(40, 80), times(5, 9), Figures.NONE));
        results.curve("create", "Signalbox", new Sample(1, 2, 3, List.of(new Point(99.9, 7))));
        results.took("changes", 12);
        JsonNode json = new ObjectMapper().readTree(ResultsJson.of(results, MACHINE, true));
        assertThat(json.at("/quick").asBoolean()).isTrue();
        assertThat(json.at("/machine/processors").asInt()).isEqualTo(2);
        assertThat(json.at("/section_seconds/changes").asDouble()).isEqualTo(12);
        assertThat(json.at("/rows/0/kafka_connect/p50_ms").asDouble()).isEqualTo(40);
        assertThat(json.at("/rows/0/signalbox/p99_ms").asDouble()).isEqualTo(9);
        assertThat(json.at("/rows/0/limit")).isEmpty();
        assertThat(json.at("/rows/0/times_better_than_kafka_connect").asDouble())
                .isEqualTo(8);
        assertThat(json.at("/rows/0/part_of_limit").isNull()).isTrue();
        assertThat(json.at("/curves/create/Signalbox/99.9").asDouble()).isEqualTo(7);
        assertThat(json.at("/promises")).hasSameSizeAs(Promise.ALL);
        assertThat(json.at("/promises/0/held").isNull()).isTrue();
    }

    @Test
    void of_a_page_only_what_is_between_the_marks_is_replaced() {
        String page = "a\n" + Page.BEGIN + "\nold\n" + Page.END + "\nb\n";
        String once = Page.with(page, "new\n");
        assertThat(once).isEqualTo("a\n" + Page.BEGIN + "\n\nnew\n\n" + Page.END + "\nb\n");
        assertThat(Page.with(once, "new")).isEqualTo(once);
        assertThatThrownBy(() -> Page.with("a", "new")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_published_page_has_its_place() throws Exception {
        String page = Files.readString(Path.of("../../docs/performance.md"));
        assertThat(Page.with(page, "x")).contains("\n\nx\n\n");
    }

    @Test
    void a_metric_that_was_not_measured_is_nobodys_zero() {
        assertThatThrownBy(() -> cpu(1).get(Metric.P50)).hasMessage("No p50_ms");
    }

    private static Figures rate(double value) {
        return Figures.of(Metric.PER_SECOND, value);
    }

    private static Figures times(double p50, double p99) {
        return new Figures(Map.of(Metric.P50, p50, Metric.P99, p99));
    }

    private static Figures cpu(double value) {
        return Figures.of(Metric.CPU_PERCENT, value);
    }
}
