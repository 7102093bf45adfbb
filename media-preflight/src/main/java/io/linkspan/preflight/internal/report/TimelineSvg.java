package io.linkspan.preflight.internal.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws a {@link Timeline}: tracks over time with limits, and below it the order of the parts of the file. */
final class TimelineSvg {
    private static final double LEFT = 70;
    private static final double WIDTH = 800;
    private static final double LANE = 44;
    private static final double ROW = 20;

    private final StringBuilder svg = new StringBuilder();
    private final Timeline timeline;
    private final double span;

    private TimelineSvg(Timeline timeline) {
        this.timeline = timeline;
        // limits far beyond the end would squeeze the tracks to nothing; those are told at the edge
        span = timeline.limits().stream()
                        .map(Timeline.Mark::seconds)
                        .filter(limit -> limit <= timeline.seconds() * 4)
                        .reduce(timeline.seconds(), Math::max)
                * 1.06;
    }

    static String draw(Timeline timeline, String id) {
        if (timeline.seconds() <= 0 || timeline.lanes().isEmpty()) {
            return "";
        }
        return new TimelineSvg(timeline).svg(id);
    }

    private String svg(String id) {
        List<Timeline.Mark> near = timeline.limits().stream()
                .filter(limit -> limit.seconds() <= span)
                .toList();
        String far = timeline.limits().stream()
                .filter(limit -> limit.seconds() > span)
                .map(TimelineSvg::words)
                .collect(Collectors.joining("; "));
        double top = 8 + near.size() * ROW;
        double tracks = timeline.lanes().size() * (LANE + 26);
        double axis = top + tracks + 4;
        double layout = axis + (far.isEmpty() ? 42 : 66);
        double height = timeline.layout().isEmpty() ? axis + 56 : layout + 52;
        add("<svg viewBox=\"0 0 900 %.0f\" role=\"img\" aria-labelledby=\"%s-t %s-d\">", height, id, id);
        add("<title id=\"%s-t\">Timeline of the file</title><desc id=\"%s-d\">", id, id);
        svg.append(Escape.html(description())).append("</desc>");
        for (int i = 0; i < timeline.lanes().size(); i++) {
            lane(timeline.lanes().get(i), top + i * (LANE + 26));
        }
        axis(axis);
        for (int i = 0; i < near.size(); i++) {
            mark(near.get(i), i, axis);
        }
        if (!far.isEmpty()) {
            text(LEFT + WIDTH, axis + 44, "note end", "further on: " + far + " \u2192");
        }
        layout(layout);
        return svg.append("</svg>").toString();
    }

    private void lane(Timeline.Lane lane, double y) {
        double x = x(lane.start() * timeline.seconds());
        double width = x(timeline.seconds()) - x;
        text(LEFT - 10, y + LANE / 2 + 5, "lbl end", lane.kind());
        add(
                "<rect class=\"track %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" rx=\"8\"/>",
                lane.kind() + (lane.bad() ? " bad" : ""), x, y, width, LANE);
        for (double frame : lane.keyFrames()) {
            double at = x + frame * width;
            add("<path class=\"key\" d=\"M%.1f %.1fv%.1f\"/>", at, y + LANE * 0.72, LANE * 0.28);
        }
        text(x + 12, y + LANE / 2 + 5, "in", lane.label());
        if (!lane.note().isEmpty()) {
            text(x, y + LANE + 15, lane.bad() ? "note warn" : "note", lane.note());
        }
    }

    private void axis(double y) {
        add("<path class=\"axis\" d=\"M%.1f %.1fH%.1f\"/>", LEFT, y, LEFT + WIDTH);
        double step = step();
        for (double at = 0; at <= span; at += step) {
            add("<path class=\"axis\" d=\"M%.1f %.1fv6\"/>", x(at), y);
            text(x(at), y + 22, "tick mid", time(at));
        }
    }

    private void mark(Timeline.Mark limit, int row, double axis) {
        double x = x(limit.seconds());
        String kind = limit.passed() ? "limit over" : "limit";
        double y = 16 + row * ROW;
        add("<path class=\"%s\" d=\"M%.1f %.1fV%.1f\"/>", kind, x, y - 12, axis);
        boolean left = x > LEFT + WIDTH * 0.5;
        text(x + (left ? -6 : 6), y, kind + (left ? " end" : ""), words(limit));
    }

    private static String words(Timeline.Mark limit) {
        return limit.label() + ": " + (limit.longest() ? "at most " : "at least ") + time(limit.seconds());
    }

    private void layout(double y) {
        double x = LEFT;
        if (!timeline.layout().isEmpty()) {
            text(LEFT - 10, y + 23, "lbl end", "file");
        }
        for (Timeline.Part part : timeline.layout()) {
            double width = WIDTH * part.share();
            add(
                    "<rect class=\"part %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"36\" rx=\"6\"/>",
                    part.role(), x + 1, y, width - 2);
            text(x + width / 2, y + 23, "in mid", part.name());
            x += width;
        }
    }

    private String description() {
        StringBuilder text = new StringBuilder("Plays " + time(timeline.seconds()) + ". ");
        timeline.lanes()
                .forEach(lane -> text.append(lane.kind())
                        .append(": ")
                        .append(lane.label())
                        .append(lane.note().isEmpty() ? "" : ", " + lane.note())
                        .append(
                                lane.keyFrames().isEmpty()
                                        ? ""
                                        : ", " + lane.keyFrames().size() + " key frames shown")
                        .append(". "));
        timeline.limits()
                .forEach(limit -> text.append(limit.label())
                        .append(limit.longest() ? " takes at most " : " takes at least ")
                        .append(time(limit.seconds()))
                        .append(limit.passed() ? ", which it does not keep to. " : ". "));
        if (!timeline.layout().isEmpty()) {
            text.append("In the file: ")
                    .append(timeline.layout().stream().map(Timeline.Part::name).collect(Collectors.joining(", then ")))
                    .append('.');
        }
        return text.toString().strip();
    }

    private double step() {
        for (double step : new double[] {0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600, 7200}) {
            if (span / step <= 10) {
                return step;
            }
        }
        return span / 8;
    }

    private double x(double seconds) {
        return LEFT + WIDTH * seconds / span;
    }

    private static String time(double seconds) {
        if (seconds < 120) {
            return Summary.decimal(seconds, 2) + " s";
        }
        long whole = Math.round(seconds);
        return whole / 60 + (whole % 60 == 0 ? " min" : String.format(Locale.ROOT, ":%02d min", whole % 60));
    }

    private void text(double x, double y, String kind, String words) {
        add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", kind, x, y);
        svg.append(Escape.html(words)).append("</text>");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
