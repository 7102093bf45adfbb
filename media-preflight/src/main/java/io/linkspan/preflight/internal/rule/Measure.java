package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Fact;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.PreflightOptions;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Something a rule can compare: a fact, a value derived from one, or a property of the caption.
 *
 * @param name how packs name it
 * @param unit the unit of numbers
 * @param vocabulary every value it can have, or empty if that is open or it is a number
 * @param numeric whether its values are numbers
 * @param read takes it from facts and options
 */
record Measure(
        String name,
        Unit unit,
        Set<String> vocabulary,
        boolean numeric,
        BiFunction<MediaFacts, PreflightOptions, Fact<?>> read) {
    Fact<?> of(MediaFacts facts, PreflightOptions options) {
        return read.apply(facts, options);
    }

    String format(Object value) {
        return numeric ? unit.format(number(value)) : Phrases.of(value);
    }

    /** The property behind the measure: a size has several measures, and a caption has two lengths. */
    String subject() {
        return switch (name) {
            case "display.width", "display.height", "display.shortSide", "display.longSide" -> "display.size";
            case "caption.utf16", "caption.codePoints" -> "caption.length";
            default -> name;
        };
    }

    static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("not a number: " + value);
    }
}
