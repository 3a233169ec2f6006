package io.signalbox.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PlotsTest {

    private final Results results = new Results(new PrintStream(OutputStream.nullOutputStream()));

    @Test
    void of_what_was_not_measured_there_is_no_picture() {
        assertThat(Plots.of(results)).isEmpty();
    }

    @Test
    void a_line_needs_all_sizes() throws Exception {
        for (int size : Sizes.SIZES) {
            row("start-own-" + size, size / 1_000.0);
        }
        row("start-empty-1000", 3);
        List<Plot> plots = Plots.of(results);
        assertThat(plots)
                .singleElement()
                .satisfies(plot -> assertThat(plot.name()).isEqualTo("starts"));
        Document svg = parsed(plots.getFirst().svg());
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(1);
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(Sizes.SIZES.length);
    }

    @Test
    void more_is_higher_and_each_power_of_ten_is_as_far_from_the_next() throws Exception {
        var chart = new LineChart("<a> & b", "steps", List.of("1", "2", "3"), "ms");
        chart.line("line", List.of(1.0, 10.0, 100.0));
        String[] points = parsed(chart.svg())
                .getElementsByTagName("polyline")
                .item(0)
                .getAttributes()
                .getNamedItem("points")
                .getNodeValue()
                .strip()
                .split(" ");
        double[] heights = Arrays.stream(points)
                .mapToDouble(point -> Double.parseDouble(point.split(",")[1]))
                .toArray();
        assertThat(heights[0] - heights[1]).isPositive().isEqualTo(heights[1] - heights[2]);
    }

    @Test
    void a_bar_is_left_out_where_nothing_was_measured() throws Exception {
        var chart = new BarChart("bars", "requests a second", List.of("theirs", "ours"));
        chart.group("get", Arrays.asList(null, 100.0));
        chart.group("list", List.of(10.0, 1_000.0));
        Document svg = parsed(chart.svg());
        // The ground, two of the legend, three bars.
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(6);
        assertThat(chart.svg()).contains(">1,000<");
    }

    @Test
    void a_scale_goes_over_whole_decades_and_has_a_place_for_nothing() {
        var scale = LogScale.over(List.of(0.0, 0.5, 20.0), 0, 500);
        assertThat(scale.marks()).hasSize(6).startsWith(0.001);
        assertThat(scale.at(0)).isEqualTo(0);
        assertThat(scale.at(100)).isEqualTo(500);
        assertThat(scale.marks()).extracting(LogScale::label).containsExactly("0.001", "0.01", "0.1", "1", "10", "100");
        assertThat(LogScale.over(List.of(10.0), 0, 1).marks()).containsExactly(10.0, 100.0);
    }

    private void row(String id, double seconds) {
        results.add(new Row(
                "sizes", id, id, Metric.SECONDS, Figures.NONE, Figures.of(Metric.SECONDS, seconds), Figures.NONE));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
