package io.linkspan.spi;

import io.linkspan.connection.ConnectHelp;
import java.util.Map;
import java.util.Objects;

/**
 * A failure that help is needed for, or the time before the first attempt.
 *
 * @param signal the signal
 * @param failures number of failures in the same bucket within 24 hours, this one included; 0 before the first attempt
 * @param users number of users of the tenant with the same row within an hour; 0 when not counted
 * @param values values of the placeholders: {@code platform}, {@code account}, {@code expected}, {@code reference}, {@code address}
 * @param facts facts for the operator; the row and the number of users are filled in
 */
public record HelpCase(
        HelpSignal signal, int failures, int users, Map<String, String> values, ConnectHelp.Report facts) {
    /** From this number of users with one row on, the app is the likely cause: 3. */
    public static final int MANY_USERS = 3;

    /** Key among the values: the accounts of a link have different handles. */
    public static final String HANDLES_DIFFER = "handles-differ";

    /**
     * Checks the arguments and copies the map.
     *
     * @param signal the signal
     * @param failures number of failures in the same bucket, this one included
     * @param users number of users with the same row within an hour
     * @param values values of the placeholders
     * @param facts facts for the operator
     */
    public HelpCase {
        Objects.requireNonNull(signal, "signal");
        values = Map.copyOf(values);
        Objects.requireNonNull(facts, "facts");
    }
}
