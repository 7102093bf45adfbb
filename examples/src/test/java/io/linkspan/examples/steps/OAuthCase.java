package io.linkspan.examples.steps;

import io.linkspan.connection.ConnectOutcome;
import java.util.function.Function;

/**
 * A connect that must not succeed.
 *
 * @param name what is wrong, for people
 * @param expected the reason, or the simple name of the outcome
 * @param attempt what is done
 */
record OAuthCase(String name, String expected, Function<LoginStage, ConnectOutcome> attempt) {
    /** What an outcome is called in the table. */
    static String kind(ConnectOutcome outcome) {
        return outcome instanceof ConnectOutcome.Refused refused
                ? refused.reason().name()
                : outcome.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return name + " is " + expected;
    }
}
