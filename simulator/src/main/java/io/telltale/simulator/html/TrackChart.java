package io.telltale.simulator.html;

import io.telltale.simulator.report.Detection;
import java.util.List;
import java.util.Locale;

/// Faults as bars and reports as marks, a row for each series, as SVG.
record TrackChart(List<Detection.Track> tracks, long fromMillis, long toMillis) {
    private static final int WIDTH = 900;
    private static final int LEFT = 220;
    private static final int RIGHT = 12;
    private static final int ROW = 34;

    String svg() {
        int height = tracks.size() * ROW + 26;
        var svg = new StringBuilder(
                "<figure><figcaption>Faults and what was reported <span class=\"key fault\">fault</span>"
                        + " <span class=\"key mark\">report</span></figcaption>");
        svg.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"faults and reports\">".formatted(WIDTH, height));
        for (int i = 0; i < tracks.size(); i++) {
            row(svg, tracks.get(i), i * ROW);
        }
        for (int i = 0; i <= 6; i++) {
            double seconds = (toMillis - fromMillis) / 1e3 * i / 6;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>",
                    LEFT + (WIDTH - LEFT - RIGHT) * i / 6.0,
                    height - 6,
                    Text.seconds(seconds)));
        }
        return svg.append("</svg></figure>").toString();
    }

    private void row(StringBuilder svg, Detection.Track track, int top) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s %s</text>",
                LEFT - 8,
                top + 20,
                Text.escaped(track.device()),
                Text.escaped(track.metric())));
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
                LEFT,
                WIDTH - RIGHT,
                top + ROW - 2,
                top + ROW - 2));
        for (var fault : track.faults()) {
            double from = x(fault.startMillis());
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"fault\" x=\"%.1f\" width=\"%.1f\" y=\"%d\" height=\"14\"><title>%s</title></rect>",
                    from,
                    Math.max(2, x(fault.endMillis()) - from),
                    top + 4,
                    fault.kind()));
        }
        for (var mark : track.reports()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"mark\" d=\"M%.1f %dl4 8h-8z\"><title>%s</title></path>",
                    x(mark.millis()),
                    top + 20,
                    Text.escaped(mark.kind())));
        }
    }

    private double x(long millis) {
        double share = (double) (millis - fromMillis) / Math.max(1, toMillis - fromMillis);
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.clamp(share, 0, 1);
    }
}
