package io.linkspan.preflight.internal.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a {@link Timeline}: tracks over time with limits, and below them the order of the parts of the file. Bars stretch
 * to the width of the page and hold no text; the words stand around them and wrap, so that a phone shows them as well.
 */
final class TimelineSvg {
    private static final double WIDTH = 1000;
    private static final double LANE = 30;
    private static final int MOST_TICKS = 5;

    private final StringBuilder html = new StringBuilder();
    private final Timeline timeline;
    private final double span;

    private TimelineSvg(Timeline timeline) {
        this.timeline = timeline;
        // limits far beyond the end would squeeze the tracks to nothing; they are listed only
        span = timeline.limits().stream()
                        .map(Timeline.Mark::seconds)
                        .filter(limit -> limit <= timeline.seconds() * 4)
                        .reduce(timeline.seconds(), Math::max)
                * 1.06;
    }

    static String draw(Timeline timeline) {
        if (timeline.seconds() <= 0 || timeline.lanes().isEmpty()) {
            return "";
        }
        return new TimelineSvg(timeline).html();
    }

    private String html() {
        timeline.lanes().forEach(this::lane);
        axis();
        limits();
        layout();
        return html.toString();
    }

    private void lane(Timeline.Lane lane) {
        text("p", "lane", (lane.kind().equals("audio") ? "Sound: " : "Picture: ") + lane.label());
        double x = x(lane.start() * timeline.seconds());
        double width = x(timeline.seconds()) - x;
        open();
        add(
                "<rect class=\"track %s\" x=\"%.1f\" width=\"%.1f\" height=\"%.0f\"/>",
                lane.kind() + (lane.bad() ? " bad" : ""), x, width, LANE);
        for (double frame : lane.keyFrames()) {
            add("<path class=\"key\" d=\"M%.1f %.1fV%.0f\"/>", x + frame * width, LANE * 0.65, LANE);
        }
        for (Timeline.Mark limit : timeline.limits()) {
            if (limit.seconds() <= span) {
                String kind = limit.passed() ? "limit over" : "limit";
                add("<path class=\"%s\" d=\"M%.1f 0V%.0f\"/>", kind, x(limit.seconds()), LANE);
            }
        }
        html.append("</svg>\n");
        if (!lane.note().isEmpty()) {
            text("p", lane.bad() ? "note warn" : "note", lane.note());
        }
    }

    private void axis() {
        html.append("<p class=\"axis\" aria-hidden=\"true\">");
        double step = step();
        for (double at = 0; at <= span; at += step) {
            add("<span style=\"left:%.1f%%\">%s</span>", at / span * 100, time(at));
        }
        html.append("</p>\n");
    }

    private void limits() {
        html.append("<ul class=\"marks\">");
        text("li", "", "Plays " + time(timeline.seconds()));
        for (Timeline.Mark limit : timeline.limits()) {
            text(
                    "li",
                    limit.passed() ? "over" : "",
                    limit.label() + ": " + (limit.longest() ? "at most " : "at least ") + time(limit.seconds())
                            + (limit.passed() ? ", which it does not keep to" : ""));
        }
        html.append("</ul>\n");
    }

    private void layout() {
        List<Timeline.Part> parts = timeline.layout();
        if (parts.isEmpty()) {
            return;
        }
        text(
                "p",
                "lane",
                "In the file: " + parts.stream().map(Timeline.Part::name).collect(Collectors.joining(", then ")) + ".");
        open();
        double x = 0;
        for (Timeline.Part part : parts) {
            double width = WIDTH * part.share();
            add(
                    "<rect class=\"part %s\" x=\"%.1f\" width=\"%.1f\" height=\"%.0f\"/>",
                    part.role(), x + 2, width - 4, LANE);
            x += width;
        }
        html.append("</svg>\n");
    }

    private void open() {
        add("<svg viewBox=\"0 0 %.0f %.0f\" preserveAspectRatio=\"none\" aria-hidden=\"true\">", WIDTH, LANE);
    }

    private double step() {
        for (double step : new double[] {0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600, 7200}) {
            if (span / step <= MOST_TICKS) {
                return step;
            }
        }
        return span / MOST_TICKS;
    }

    private double x(double seconds) {
        return WIDTH * seconds / span;
    }

    private static String time(double seconds) {
        if (seconds < 120) {
            return Summary.decimal(seconds, 2) + " s";
        }
        long whole = Math.round(seconds);
        return whole / 60 + (whole % 60 == 0 ? " min" : String.format(Locale.ROOT, ":%02d min", whole % 60));
    }

    private void text(String element, String kind, String words) {
        html.append('<').append(element);
        if (!kind.isEmpty()) {
            html.append(" class=\"").append(kind).append('"');
        }
        html.append('>').append(Escape.html(words)).append("</").append(element).append(">\n");
    }

    private void add(String format, Object... values) {
        html.append(String.format(Locale.ROOT, format, values));
    }
}
