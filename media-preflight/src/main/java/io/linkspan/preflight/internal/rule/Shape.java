package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Size;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The picture size that keeps to several limits at once: bars where the shape is wrong, then one scaling. Nothing is cut
 * off, and nothing is scaled up unless a limit asks for it.
 */
final class Shape {
    private static final double SLACK = 0.001;

    private final Range width = new Range();
    private final Range height = new Range();
    private final Range shortSide = new Range();
    private final Range longSide = new Range();
    private final Range aspect = new Range();

    /** Two limits of one number, both included. */
    private static final class Range {
        private double min;
        private double max = Double.POSITIVE_INFINITY;

        void narrow(Bound bound) {
            Double least = bound.min();
            Double most = bound.max();
            min = least == null ? min : Math.max(min, least);
            max = most == null ? max : Math.min(max, most);
        }

        boolean has(double value, double slack) {
            return value >= min * (1 - slack) && value <= max * (1 + slack);
        }
    }

    Shape(List<Bound> bounds) {
        for (Bound bound : bounds) {
            switch (bound.measure()) {
                case "display.width" -> width.narrow(bound);
                case "display.height" -> height.narrow(bound);
                case "display.shortSide" -> shortSide.narrow(bound);
                case "display.longSide" -> longSide.narrow(bound);
                case "display.aspect" -> aspect.narrow(bound);
                default -> {}
            }
        }
    }

    boolean allows(int columns, int rows) {
        return width.has(columns, 0)
                && height.has(rows, 0)
                && shortSide.has(Math.min(columns, rows), 0)
                && longSide.has(Math.max(columns, rows), 0)
                && aspect.has((double) columns / rows, SLACK);
    }

    /** The filters that bring a picture of this size within the limits; empty if it is, null if nothing does. */
    @Nullable
    String filters(Size shown) {
        if (allows(shown.width(), shown.height())) {
            return "";
        }
        double columns = Math.max(shown.width(), shown.height() * aspect.min);
        double rows = Math.max(shown.height(), shown.width() / aspect.max);
        double most = most(columns, rows);
        double scale = Math.min(Math.max(1, least(columns, rows)), most);
        columns = Math.max(columns * scale, Math.max(width.min, shortSide.min));
        rows = Math.max(rows * scale, Math.max(height.min, shortSide.min));
        if (Math.max(columns, rows) < longSide.min) {
            columns = columns >= rows ? longSide.min : columns;
            rows = columns >= rows ? rows : longSide.min;
        }
        int innerColumns = even(shown.width() * scale, false);
        int innerRows = even(shown.height() * scale, false);
        for (int i = 0; i < 4; i++) {
            int outerColumns = Math.max(innerColumns, even(columns, (i & 1) == 0));
            int outerRows = Math.max(innerRows, even(rows, (i & 2) == 0));
            if (allows(outerColumns, outerRows)) {
                return text(innerColumns, innerRows, outerColumns, outerRows);
            }
        }
        return null;
    }

    private static String text(int innerColumns, int innerRows, int columns, int rows) {
        String scaled = String.format(Locale.ROOT, "scale=w=%d:h=%d,setsar=1", innerColumns, innerRows);
        return innerColumns == columns && innerRows == rows
                ? scaled
                : scaled + String.format(Locale.ROOT, ",pad=%d:%d:(ow-iw)/2:(oh-ih)/2", columns, rows);
    }

    private double most(double columns, double rows) {
        double sides = Math.min(width.max / columns, height.max / rows);
        return Math.min(
                sides, Math.min(shortSide.max / Math.min(columns, rows), longSide.max / Math.max(columns, rows)));
    }

    private double least(double columns, double rows) {
        double sides = Math.max(width.min / columns, height.min / rows);
        return Math.max(
                sides, Math.max(shortSide.min / Math.min(columns, rows), longSide.min / Math.max(columns, rows)));
    }

    /** An even number of pixels, as chroma at half the resolution needs it. */
    private static int even(double value, boolean up) {
        double half = value / 2;
        double slack = 1e-9 * half;
        return Math.max(2, 2 * (int) (up ? Math.ceil(half - slack) : Math.floor(half + slack)));
    }
}
