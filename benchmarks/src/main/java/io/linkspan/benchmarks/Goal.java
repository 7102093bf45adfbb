package io.linkspan.benchmarks;

import java.math.BigDecimal;
import java.util.Locale;

/** The line that says whether a figure was reached. */
final class Goal {
    private Goal() {}

    static void atMost(String name, double measured, double target) {
        print(name, measured, target, measured <= target);
    }

    static void atLeast(String name, double measured, double target) {
        print(name, measured, target, measured >= target);
    }

    private static void print(String name, double measured, double target, boolean met) {
        System.out.printf(
                Locale.ROOT,
                "goal %s measured %.2f target %s %s%n",
                name,
                measured,
                BigDecimal.valueOf(target).stripTrailingZeros().toPlainString(),
                met ? "met" : "missed");
    }
}
