package io.linkspan.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * A limit that the platform says is used up.
 *
 * @param name stable name, such as {@code tiktok.posts_per_day}
 * @param scope whom it stops
 * @param pause how long it is expected to last
 * @param reason what the platform said and whom it concerns, one sentence
 */
public record QuotaBlock(String name, Quota.Scope scope, Duration pause, String reason) {
    /**
     * Checks the arguments.
     *
     * @param name stable name, such as {@code tiktok.posts_per_day}
     * @param scope whom it stops
     * @param pause how long it is expected to last; more than zero
     * @param reason what the platform said and whom it concerns, one sentence
     */
    public QuotaBlock {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(reason, "reason");
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("the pause of limit " + name + " must be more than 0, was " + pause);
        }
    }
}
