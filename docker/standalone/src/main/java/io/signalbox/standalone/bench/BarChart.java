package io.signalbox.standalone.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups of bars that lie, on a logarithmic scale, each with its number. */
final class BarChart {

    private static final List<String> COLORS = List.of("#9aa5b1", "#1f6feb", "#e3a008");
    private static final int WIDTH = 760;
    private static final int LEFT = 200;
    private static final int RIGHT = 80;
    private static final int TOP = 62;
    private static final int BAR = 16;
    private static final int GAP = 12;

    private final String title;
    private final String unit;
    private final List<String> series;
    private final Map<String, List<Double>> groups = new LinkedHashMap<>();

    /** @param series three at most: what the bars of each group are */
    BarChart(String title, String unit, List<String> series) {
        this.title = title;
        this.unit = unit;
        this.series = series;
    }

    /** @param values one for each series; null for none */
    void group(String name, List<Double> values) {
        groups.put(name, values);
    }

    boolean empty() {
        return groups.isEmpty();
    }

    String svg() {
        int group = series.size() * BAR + GAP;
        int bottom = TOP + groups.size() * group;
        var svg = new Svg(WIDTH, bottom + 40, title);
        var scale = LogScale.over(
                groups.values().stream()
                        .flatMap(Collection::stream)
                        .filter(java.util.Objects::nonNull)
                        .toList(),
                LEFT,
                WIDTH - RIGHT);
        legend(svg);
        for (double mark : scale.marks()) {
            svg.line(scale.at(mark), TOP - 6, scale.at(mark), bottom, "#dddddd");
            svg.text(scale.at(mark), bottom + 16, "middle", LogScale.label(mark));
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, bottom + 33, "middle", unit);
        int y = TOP;
        for (Map.Entry<String, List<Double>> each : groups.entrySet()) {
            svg.text(LEFT - 8, y + series.size() * BAR / 2.0 + 4, "end", each.getKey());
            for (int i = 0; i < series.size(); i++) {
                bar(svg, scale, y + i * BAR, each.getValue().get(i), COLORS.get(i));
            }
            y += group;
        }
        return svg.document();
    }

    private void legend(Svg svg) {
        int x = LEFT;
        for (int i = 0; i < series.size(); i++) {
            svg.rectangle(x, 34, 12, 12, COLORS.get(i));
            svg.text(x + 17, 44, "start", series.get(i));
            x += 170;
        }
    }

    private static void bar(Svg svg, LogScale scale, int y, Double value, String color) {
        if (value != null) {
            svg.rectangle(LEFT, y, Math.max(1, scale.at(value) - LEFT), BAR - 2, color);
            svg.text(scale.at(value) + 5, y + BAR - 5, "start", Metric.number(value));
        }
    }
}
