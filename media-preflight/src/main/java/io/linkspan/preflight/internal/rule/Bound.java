package io.linkspan.preflight.internal.rule;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one check leaves of a measure's values.
 *
 * @param measure name of the measure
 * @param unit its unit, empty for words
 * @param min least number, or null
 * @param max greatest number, or null
 * @param values the only words allowed, or the words excluded; empty for numbers
 * @param wanted whether {@code values} are allowed or excluded
 * @param vocabulary every word the measure can be, or empty if that is open
 */
public record Bound(
        String measure,
        String unit,
        @Nullable Double min,
        @Nullable Double max,
        Set<String> values,
        boolean wanted,
        Set<String> vocabulary) {}
