package io.linkspan.simulation;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** A history that ends in an exception is one that failed. */
final class Guard {
    private Guard() {}

    static Verdict of(long seed, LongFunction<Verdict> history) {
        Ears.forget();
        try {
            Verdict verdict = history.apply(seed);
            List<String> errors = Ears.heard();
            return errors.isEmpty() ? verdict : verdict.with(errors);
        } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            String where = trace.length == 0 ? "" : " at " + trace[0];
            return new Verdict(0, 0, 0, 1, Map.of(), 0, List.of("wrong: " + e + where), List.of(), 0, 0, List.of());
        }
    }
}
