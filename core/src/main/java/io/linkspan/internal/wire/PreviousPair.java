package io.linkspan.internal.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The pair before the present one, until the present one has worked once.
 *
 * @param version its number
 * @param sealed the pair, sealed, in Base64
 * @param until when it is erased in any case
 * @param issueNumber its issue number; null in records of version 0.1
 */
public record PreviousPair(
        long version,
        String sealed,
        Instant until,
        @Nullable Long issueNumber) {
    /** Its place in the order in which the platform issued the pairs. */
    public long issue() {
        return issueNumber == null ? version : issueNumber;
    }
}
