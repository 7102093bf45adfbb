package io.linkspan.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
     * How long an access token lives when an answer does not say so, or says what cannot be.
     *
     * @return the life in the platform's documents, or null when such a token has no end
     */
    @Nullable
    Duration life();

    /**
     * The earliest moment at which a renewal is taken.
     *
     * @param issuedAt when the present access token was issued
     * @return the moment
     */
    Instant earliest(Instant issuedAt);

    /**
     * When an access token ends: after the life its answer told, or after {@link #life()} when that is absent, not positive
     * or longer than 400 days.
     *
     * @param issuedAt when it was asked for
     * @param told the life in the answer, or null
     * @return the moment, or null for a token without an end
     */
    default @Nullable Instant endsAt(Instant issuedAt, @Nullable Duration told) {
        boolean absurd = told == null || told.isNegative() || told.isZero() || told.compareTo(LONGEST_BELIEVED) > 0;
        Duration life = absurd ? life() : told;
        return life == null ? null : issuedAt.plus(life);
    }

    /** Longer lives are taken as not told; the longest documented one is 365 days. */
    Duration LONGEST_BELIEVED = Duration.ofDays(400);

    /**
     * A refresh token buys a new pair, as TikTok does. Due when less than the larger of a quarter of the life and the margin
     * is left.
     *
     * @param margin least time before the end; 15 minutes by default
     * @param life life of an access token whose answer tells none; 2 hours by default
     */
    record Rotation(Duration margin, Duration life) implements RenewalModel {
        /**
         * Checks the arguments.
         *
         * @param margin least time before the end; 15 minutes by default
         * @param life life of an access token whose answer tells none; 2 hours by default
         */
        public Rotation {
            if (margin.isNegative()) {
                throw new IllegalArgumentException("margin must not be negative, was " + margin);
            }
            requirePositive(life);
        }

        /**
         * With a life of 2 hours, as TikTok documents since November 2026.
         *
         * @param margin least time before the end
         */
        public Rotation(Duration margin) {
            this(margin, Duration.ofHours(2));
        }

        @Override
        public Instant earliest(Instant issuedAt) {
            return issuedAt;
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
     * @param life life of a token whose answer tells none; 60 days by default
     */
    record Extension(Duration leastAge, Duration left, Duration life) implements RenewalModel {
        /**
         * Checks the arguments.
         *
         * @param leastAge younger tokens are not extended
         * @param left due when less than this is left
         * @param life life of a token whose answer tells none; 60 days by default
         */
        public Extension {
            Objects.requireNonNull(leastAge, "leastAge");
            Objects.requireNonNull(left, "left");
            requirePositive(life);
        }

        /**
         * With a life of 60 days, as Instagram documents.
         *
         * @param leastAge younger tokens are not extended
         * @param left due when less than this is left
         */
        public Extension(Duration leastAge, Duration left) {
            this(leastAge, left, Duration.ofDays(60));
        }

        @Override
        public Instant earliest(Instant issuedAt) {
            return issuedAt.plus(leastAge);
        }

        @Override
        public Instant dueAt(Instant issuedAt, Instant expiresAt) {
            Instant wanted = expiresAt.minus(left);
            Instant earliest = earliest(issuedAt);
            return wanted.isBefore(earliest) ? earliest : wanted;
        }

        @Override
        public boolean renewsExpired() {
            return false;
        }
    }

    /** Tokens have no end and cannot be renewed, as Page tokens of Meta; they work until something ends them. */
    record Lasting() implements RenewalModel {
        @Override
        public Instant dueAt(Instant issuedAt, Instant expiresAt) {
            return expiresAt;
        }

        @Override
        public @Nullable Duration life() {
            return null;
        }

        @Override
        public Instant earliest(Instant issuedAt) {
            return Instant.MAX;
        }

        @Override
        public boolean renewsExpired() {
            return false;
        }
    }

    private static void requirePositive(Duration life) {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("life must be positive, was " + life);
        }
    }
}
