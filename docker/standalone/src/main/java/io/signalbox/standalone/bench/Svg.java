package io.signalbox.standalone.bench;

import java.util.List;

/**
 * A drawing in SVG. Written by hand, because the libraries for it measure texts with the desktop's fonts, which a machine for
 * measuring has not.
 */
final class Svg {

    private final StringBuilder out = new StringBuilder();

    /** On white, so that it can be read on any page. */
    Svg(int width, int height, String title) {
        out.append(Text.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n",
                width, height, width, height));
        out.append("<title>").append(escaped(title)).append("</title>\n");
        rectangle(0, 0, width, height, "#ffffff");
        out.append(Text.format(
                "<text x=\"12\" y=\"22\" font-size=\"15\" font-weight=\"bold\" fill=\"#222222\">%s</text>\n",
                escaped(title)));
    }

    void rectangle(double x, double y, double width, double height, String color) {
        out.append(Text.format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
                x, y, width, height, color));
    }

    void line(double x1, double y1, double x2, double y2, String color) {
        out.append(Text.format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", x1, y1, x2, y2, color));
    }

    /** Through points on the drawing, each with a dot. */
    void path(List<Point> points, String color) {
        out.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                .append(color)
                .append("\" points=\"");
        points.forEach(point -> out.append(Text.format("%.1f,%.1f ", point.x(), point.y())));
        out.append("\"/>\n");
        points.forEach(point -> out.append(
                Text.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", point.x(), point.y(), color)));
    }

    /** @param anchor start, middle or end: which part of the text is at x */
    void text(double x, double y, String anchor, String text) {
        out.append(Text.format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#444444\">%s</text>\n",
                x, y, anchor, escaped(text)));
    }

    String document() {
        return out + "</svg>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
