package io.linkspan.spi;

import java.util.Objects;

/**
 * How long a text may be.
 *
 * @param field the platform's field, such as {@code title}
 * @param most most units
 * @param unit what is counted
 */
public record TextLimit(String field, int most, Unit unit) {
    /** No limit that is known. */
    public static final TextLimit NONE = new TextLimit("caption", Integer.MAX_VALUE, Unit.UTF16);

    /**
     * Checks the arguments.
     *
     * @param field the platform's field, such as {@code title}
     * @param most most units; 0 when the field takes no text at all
     * @param unit what is counted
     */
    public TextLimit {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(unit, "unit");
        if (most < 0) {
            throw new IllegalArgumentException("most must be at least 0, was " + most);
        }
    }

    /**
     * Counts a text.
     *
     * @param text the text
     * @return its length in the limit's unit
     */
    public int count(String text) {
        return unit == Unit.UTF16 ? text.length() : text.codePointCount(0, text.length());
    }

    /**
     * Whether a text is short enough.
     *
     * @param text the text
     * @return true when it is
     */
    public boolean fits(String text) {
        return count(text) <= most;
    }

    /** What is counted. */
    public enum Unit {
        /** UTF-16 code units, what {@link String#length()} counts. */
        UTF16,
        /** Unicode code points. */
        CODE_POINTS
    }
}
