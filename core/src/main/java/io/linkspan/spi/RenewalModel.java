package io.linkspan.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** How a platform keeps a grant alive, and when a renewal is due. */
public sealed interface RenewalModel {
    /**
     * When to renew, before spreading.
     *
     * @param issuedAt when the present access token was issued
     * @param expiresAt when it ends
     * @return the moment
     */
    Instant dueAt(Instant issuedAt, Instant expiresAt);

    /**
     * Whether a token that has ended can still be renewed.
     *
     * @return true for rotation, false for extension
     */
    boolean renewsExpired();

    /**
     * A refresh token buys a new pair, as TikTok does. Due when less than the larger of a quarter of the life and the margin
     * is left.
     *
     * @param margin least time before the end; 15 minutes by default
     */
    record Rotation(Duration margin) implements RenewalModel {
        /**
         * Checks the argument.
         *
         * @param margin least time before the end; 15 minutes by default
         */
        public Rotation {
            if (margin.isNegative()) {
                throw new IllegalArgumentException("margin must not be negative, was " + margin);
            }
        }

        @Override
        public Instant dueAt(Instant issuedAt, Instant expiresAt) {
            Duration quarter = Duration.between(issuedAt, expiresAt).dividedBy(4);
            return expiresAt.minus(quarter.compareTo(margin) > 0 ? quarter : margin);
        }

        @Override
        public boolean renewsExpired() {
            return true;
        }
    }

    /**
     * The token itself is extended while it lives, as Instagram does.
     *
     * @param leastAge younger tokens are not extended
     * @param left due when less than this is left
     */
    record Extension(Duration leastAge, Duration left) implements RenewalModel {
        /**
         * Checks the arguments.
         *
         * @param leastAge younger tokens are not extended
         * @param left due when less than this is left
         */
        public Extension {
            Objects.requireNonNull(leastAge, "leastAge");
            Objects.requireNonNull(left, "left");
        }

        @Override
        public Instant dueAt(Instant issuedAt, Instant expiresAt) {
            Instant wanted = expiresAt.minus(left);
            Instant earliest = issuedAt.plus(leastAge);
            return wanted.isBefore(earliest) ? earliest : wanted;
        }

        @Override
        public boolean renewsExpired() {
            return false;
        }
    }
}
