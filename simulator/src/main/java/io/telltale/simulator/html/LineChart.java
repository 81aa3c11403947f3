package io.telltale.simulator.html;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Lines over the seconds of a run, as SVG.
///
/// @param isLog whether the values have a logarithmic scale: latencies differ by powers of ten
record LineChart(String title, String unit, double secondsPerRow, boolean isLog, List<Line> lines) {
    /// @param color class of the style sheet
    record Line(String name, String color, double[] values) {}

    private static final int WIDTH = 900;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int GRID_LINES = 4;
    private static final double LOG_FLOOR = 0.1;

    String svg() {
        var svg = new StringBuilder();
        svg.append("<figure><figcaption>").append(Text.escaped(title));
        for (var line : lines) {
            svg.append(" <span class=\"key ")
                    .append(line.color)
                    .append("\">")
                    .append(Text.escaped(line.name))
                    .append("</span>");
        }
        svg.append("</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                .formatted(WIDTH, HEIGHT, Text.escaped(title)));
        double top = niceTop();
        grid(svg, top);
        for (var line : lines) {
            path(svg, line, top);
        }
        return svg.append("</svg></figure>").toString();
    }

    private void grid(StringBuilder svg, double top) {
        if (isLog) {
            for (double value = LOG_FLOOR; value <= top * 1.001; value *= 10) {
                gridLine(svg, value, top);
            }
        } else {
            for (int i = 0; i <= GRID_LINES; i++) {
                gridLine(svg, top * i / GRID_LINES, top);
            }
        }
        double end = rows() * secondsPerRow;
        for (int i = 0; i <= 6; i++) {
            double second = end * i / 6;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
                    x(second / secondsPerRow),
                    HEIGHT - 8,
                    Text.seconds(second)));
        }
    }

    private void gridLine(StringBuilder svg, double value, double top) {
        double y = y(value, top);
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s %s</text>",
                LEFT,
                WIDTH - RIGHT,
                y,
                y,
                LEFT - 6,
                y + 4,
                Text.number(value),
                unit));
    }

    private void path(StringBuilder svg, Line line, double top) {
        svg.append("<path class=\"line ").append(line.color).append("\" d=\"");
        for (int i = 0; i < line.values.length; i++) {
            // A row tells of the time before its end.
            svg.append(
                    String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x(i + 0.5), y(line.values[i], top)));
        }
        svg.append("\"/>");
    }

    private int rows() {
        return lines.stream().mapToInt(line -> line.values.length).max().orElse(0);
    }

    private double niceTop() {
        double most = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values))
                .max()
                .orElse(0);
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-3))));
        if (isLog) {
            return Math.max(10 * LOG_FLOOR, most <= power ? power : 10 * power);
        }
        double[] nice = {1, 2, 4, 5, 8, 10};
        for (double factor : nice) {
            if (factor * power >= most) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private double x(double row) {
        return LEFT + (WIDTH - LEFT - RIGHT) * row / Math.max(1, rows());
    }

    private double y(double value, double top) {
        double share =
                isLog ? Math.log10(Math.max(value, LOG_FLOOR) / LOG_FLOOR) / Math.log10(top / LOG_FLOOR) : value / top;
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
    }
}
