package io.linkspan.preflight;

import io.linkspan.preflight.internal.rule.Bound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What several destinations allow together: for each fact the values that satisfy all of them. Immutable.
 *
 * <p>An encoder that keeps to these limits makes one file for all destinations.
 */
public final class Limits {
    /**
     * The values of one fact that every destination takes.
     *
     * @param fact the fact, such as {@code video.fps}, or a value derived from one, such as {@code display.aspect}
     * @param unit the unit of numbers; empty for words
     * @param min the least number, if there is a least
     * @param max the greatest number, if there is a greatest
     * @param oneOf the only words allowed; empty if words are open
     * @param noneOf the words excluded where {@code oneOf} is empty
     * @param rules the ids of the rules behind it
     * @param satisfiable whether any value is left
     */
    public record Limit(
            String fact,
            String unit,
            OptionalDouble min,
            OptionalDouble max,
            Set<String> oneOf,
            Set<String> noneOf,
            List<String> rules,
            boolean satisfiable) {
        /**
         * Copies the collections.
         *
         * @param fact the fact
         * @param unit the unit of numbers
         * @param min the least number
         * @param max the greatest number
         * @param oneOf the only words allowed
         * @param noneOf the words excluded
         * @param rules the ids of the rules behind it
         * @param satisfiable whether any value is left
         */
        public Limit {
            Objects.requireNonNull(fact, "fact");
            Objects.requireNonNull(unit, "unit");
            oneOf = Set.copyOf(oneOf);
            noneOf = Set.copyOf(noneOf);
            rules = List.copyOf(rules);
        }

        /**
         * The limit in one line.
         *
         * @return for example {@code video.fps: 23 to 60 fps}
         */
        @Override
        public String toString() {
            String text;
            if (!satisfiable) {
                text = "nothing satisfies " + String.join(" and ", rules);
            } else if (min.isPresent() || max.isPresent()) {
                text = (min.isEmpty() ? "at most " : max.isEmpty() ? "at least " : "")
                        + (min.isPresent() ? plain(min.getAsDouble()) : "")
                        + (min.isPresent() && max.isPresent() ? " to " : "")
                        + (max.isPresent() ? plain(max.getAsDouble()) : "")
                        + (unit.isEmpty() || unit.equals("ratio") || unit.equals("count") ? "" : " " + unit);
            } else {
                text = oneOf.isEmpty()
                        ? "not " + String.join(", ", new TreeSet<>(noneOf))
                        : String.join(", ", new TreeSet<>(oneOf));
            }
            return fact + ": " + text;
        }

        private static String plain(double value) {
            return new java.math.BigDecimal(value)
                    .setScale(4, java.math.RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    private final Map<String, Limit> limits;

    Limits(Collection<Limit> limits) {
        Map<String, Limit> byFact = new LinkedHashMap<>();
        limits.forEach(limit -> byFact.put(limit.fact(), limit));
        this.limits = byFact;
    }

    static Limits of(MediaKind kind, PreflightOptions options, Severity mildest) {
        Map<String, Merge> merges = new TreeMap<>();
        options.rules()
                .engine()
                .limits(
                        kind,
                        options,
                        mildest,
                        (rule, bound) -> merges.computeIfAbsent(bound.measure(), key -> new Merge(bound))
                                .add(rule, bound));
        return new Limits(merges.values().stream().map(Merge::limit).toList());
    }

    /**
     * Every fact that is limited.
     *
     * @return the limits in the order of their facts' names
     */
    public List<Limit> all() {
        return List.copyOf(limits.values());
    }

    /**
     * The limit of one fact.
     *
     * @param fact the fact's name
     * @return its limit, or empty if no destination limits it
     */
    public Optional<Limit> limit(String fact) {
        return Optional.ofNullable(limits.get(Objects.requireNonNull(fact, "fact")));
    }

    /**
     * Whether one file can satisfy all destinations.
     *
     * @return true if every fact has a value left
     */
    public boolean satisfiable() {
        return limits.values().stream().allMatch(Limit::satisfiable);
    }

    /**
     * The limits, one a line.
     *
     * @return for people
     */
    @Override
    public String toString() {
        return String.join("\n", all().stream().map(Limit::toString).toList());
    }

    /** Narrows one fact rule by rule. */
    private static final class Merge {
        private final Bound first;
        private double min = Double.NEGATIVE_INFINITY;
        private double max = Double.POSITIVE_INFINITY;
        private boolean closed;
        private final Set<String> oneOf = new TreeSet<>();
        private final Set<String> noneOf = new TreeSet<>();
        private final Set<String> rules = new TreeSet<>();

        Merge(Bound first) {
            this.first = first;
            closed = !first.vocabulary().isEmpty();
            oneOf.addAll(first.vocabulary());
        }

        void add(String rule, Bound bound) {
            rules.add(rule);
            Double least = bound.min();
            Double most = bound.max();
            min = least == null ? min : Math.max(min, least);
            max = most == null ? max : Math.min(max, most);
            if (bound.values().isEmpty()) {
                return;
            }
            if (!bound.wanted()) {
                noneOf.addAll(bound.values());
            } else if (closed) {
                oneOf.retainAll(bound.values());
            } else {
                oneOf.addAll(bound.values());
                closed = true;
            }
        }

        Limit limit() {
            List<String> sorted = new ArrayList<>(rules);
            oneOf.removeAll(noneOf);
            boolean satisfiable = min <= max && !(closed && oneOf.isEmpty());
            return new Limit(
                    first.measure(),
                    first.unit(),
                    Double.isInfinite(min) ? OptionalDouble.empty() : OptionalDouble.of(min),
                    Double.isInfinite(max) ? OptionalDouble.empty() : OptionalDouble.of(max),
                    oneOf,
                    closed ? Set.of() : noneOf,
                    sorted,
                    satisfiable);
        }
    }
}
