package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Fact;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.internal.rule.Outcome.Fail;
import io.linkspan.preflight.internal.rule.Outcome.Pass;
import io.linkspan.preflight.internal.rule.Outcome.Skip;
import io.linkspan.preflight.internal.rule.Outcome.Unchecked;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The comparison of one check. */
sealed interface Condition {
    Outcome judge(MediaFacts facts, PreflightOptions options);

    /** What this leaves of its measure's values, or null if that cannot be said without the media. */
    default @Nullable Bound bound(PreflightOptions options) {
        return null;
    }

    /** The property that is judged, by which findings with one cause are found; null if only the rule stands for it. */
    default @Nullable String subject() {
        return null;
    }

    /** The allowed values, for people; empty if the pack must say it. */
    String allowed();

    /**
     * A number between two limits, both included and either open.
     *
     * @param slack how far past a limit still counts as on it, in the measure's unit or, if relative, as a fraction
     */
    record Range(
            Measure measure, @Nullable Double min, @Nullable Double max, double slack, boolean relative)
            implements Condition {
        @Override
        public Outcome judge(MediaFacts facts, PreflightOptions options) {
            return outcome(measure, facts, options, value -> inside(Measure.number(value)));
        }

        @Override
        public Bound bound(PreflightOptions options) {
            return new Bound(measure.name(), measure.unit().symbol(), min, max, Set.of(), true, Set.of());
        }

        @Override
        public String subject() {
            return measure.subject();
        }

        private boolean inside(double value) {
            return (min == null || value >= min - (relative ? min * slack : slack))
                    && (max == null || value <= max + (relative ? max * slack : slack));
        }

        @Override
        public String allowed() {
            if (min == null) {
                return max == null ? "" : "at most " + measure.format(max);
            }
            if (max == null) {
                return "at least " + measure.format(min);
            }
            String low = measure.format(min);
            String high = measure.format(max);
            return low.equals(high) ? low : withoutUnit(low, high) + " to " + high;
        }

        /** Leaves the unit to the second number where both have the same. */
        private static String withoutUnit(String low, String high) {
            int space = low.lastIndexOf(' ');
            return space > 0 && high.endsWith(low.substring(space)) ? low.substring(0, space) : low;
        }
    }

    /**
     * One of a set of words, or none of them.
     *
     * @param wanted true if the value must be in the set, false if it must not
     */
    record Words(Measure measure, Set<String> values, boolean wanted) implements Condition {
        @Override
        public Outcome judge(MediaFacts facts, PreflightOptions options) {
            return outcome(measure, facts, options, value -> values.contains(String.valueOf(value)) == wanted);
        }

        @Override
        public Bound bound(PreflightOptions options) {
            return new Bound(measure.name(), "", null, null, values, wanted, measure.vocabulary());
        }

        @Override
        public String subject() {
            return measure.subject();
        }

        @Override
        public String allowed() {
            return wanted ? values.stream().sorted().map(Phrases::of).collect(Collectors.joining(" or ")) : "";
        }
    }

    /** A comparison that needs code, named from the pack. */
    record Named(String name, Predicate predicate) implements Condition {
        @Override
        public Outcome judge(MediaFacts facts, PreflightOptions options) {
            return predicate.judge(facts, options);
        }

        @Override
        public @Nullable String subject() {
            return Predicates.subject(name);
        }

        @Override
        public @Nullable Bound bound(PreflightOptions options) {
            Double most = Predicates.mostSeconds(name, options);
            return most == null
                    ? null
                    : new Bound("media.duration", Unit.SECONDS.symbol(), null, most, Set.of(), true, Set.of());
        }

        @Override
        public String allowed() {
            return "";
        }
    }

    /** A comparison in code. */
    @FunctionalInterface
    interface Predicate {
        Outcome judge(MediaFacts facts, PreflightOptions options);
    }

    private static Outcome outcome(
            Measure measure, MediaFacts facts, PreflightOptions options, java.util.function.Predicate<Object> holds) {
        Fact<?> fact = measure.of(facts, options);
        if (fact instanceof Fact.Unknown<?> unknown) {
            return new Unchecked(unknown.reason());
        }
        if (fact instanceof Fact.Known<?> known) {
            return holds.test(known.value()) ? new Pass() : new Fail(measure.format(known.value()));
        }
        return new Skip();
    }
}
