package io.signalbox.standalone.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Lines over steps at equal distances, on a logarithmic scale. */
final class LineChart {

    private static final List<String> COLORS =
            List.of("#9aa5b1", "#1f6feb", "#1a7f37", "#e3a008", "#8250df", "#cf222e");
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int RIGHT = 220;
    private static final int TOP = 42;
    private static final int BOTTOM = HEIGHT - 50;

    private final String title;
    private final String stepsAre;
    private final String unit;
    private final List<String> steps;
    private final Map<String, List<Double>> lines = new LinkedHashMap<>();

    LineChart(String title, String stepsAre, List<String> steps, String unit) {
        this.title = title;
        this.stepsAre = stepsAre;
        this.steps = steps;
        this.unit = unit;
    }

    /** @param values one for each step */
    void line(String name, List<Double> values) {
        lines.put(name, values);
    }

    boolean empty() {
        return lines.isEmpty();
    }

    String svg() {
        var svg = new Svg(WIDTH, HEIGHT, title);
        var scale = LogScale.over(
                lines.values().stream().flatMap(Collection::stream).toList(), BOTTOM, TOP);
        for (double mark : scale.marks()) {
            svg.line(LEFT, scale.at(mark), WIDTH - RIGHT, scale.at(mark), "#dddddd");
            svg.text(LEFT - 6, scale.at(mark) + 4, "end", LogScale.label(mark));
        }
        for (int i = 0; i < steps.size(); i++) {
            svg.text(x(i), BOTTOM + 18, "middle", steps.get(i));
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, BOTTOM + 38, "middle", stepsAre);
        svg.text(WIDTH - RIGHT + 15, TOP, "start", unit);
        int number = 0;
        for (Map.Entry<String, List<Double>> line : lines.entrySet()) {
            String color = COLORS.get(number % COLORS.size());
            svg.path(
                    IntStream.range(0, line.getValue().size())
                            .mapToObj(i ->
                                    new Point(x(i), scale.at(line.getValue().get(i))))
                            .toList(),
                    color);
            int y = TOP + 12 + 20 * number++;
            svg.rectangle(WIDTH - RIGHT + 15, y, 12, 12, color);
            svg.text(WIDTH - RIGHT + 32, y + 10, "start", line.getKey());
        }
        return svg.document();
    }

    private double x(int step) {
        double room = WIDTH - RIGHT - LEFT;
        return LEFT + room * (step + 0.5) / steps.size();
    }
}
