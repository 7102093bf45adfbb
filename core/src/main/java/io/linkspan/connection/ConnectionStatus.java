package io.linkspan.connection;

import io.linkspan.internal.explain.PlainWords;
import java.time.Instant;
import java.util.Objects;

/**
 * Where a connection stands. Derived from stored facts each time it is asked for, never set.
 *
 * <p>Capability trouble (quota, missing scope, blocked media) is not here: see {@link Connection#health()}.
 */
public sealed interface ConnectionStatus {
    /**
     * Which case this is.
     *
     * @return the case
     */
    Kind kind();

    /**
     * One sentence for people.
     *
     * @return the sentence
     */
    String describe();

    /** The cases, for an exhaustive {@code switch}. */
    enum Kind {
        /** {@link Authorized}. */
        AUTHORIZED,
        /** {@link RefreshRequired}. */
        REFRESH_REQUIRED,
        /** {@link Expired}. */
        EXPIRED,
        /** {@link PartiallyRevoked}. */
        PARTIALLY_REVOKED,
        /** {@link Revoked}. */
        REVOKED,
        /** {@link ReauthorizationRequired}. */
        REAUTHORIZATION_REQUIRED,
        /** {@link AwaitingAccount}. */
        AWAITING_ACCOUNT
    }

    /**
     * Tokens are valid.
     *
     * @param until when the present access token ends; {@link Instant#MAX} when it has no end
     */
    record Authorized(Instant until) implements ConnectionStatus {
        /**
         * Checks the argument.
         *
         * @param until when the present access token ends
         */
        public Authorized {
            Objects.requireNonNull(until, "until");
        }

        @Override
        public Kind kind() {
            return Kind.AUTHORIZED;
        }

        @Override
        public String describe() {
            return "authorized, access token valid "
                    + (until.equals(Instant.MAX) ? "without end" : "until " + PlainWords.time(until));
        }
    }

    /**
     * The access token ended or its renewal is unclear; Linkspan renews it without the person.
     *
     * @param why the reason
     */
    record RefreshRequired(String why) implements ConnectionStatus {
        /**
         * Checks the argument.
         *
         * @param why the reason
         */
        public RefreshRequired {
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Kind kind() {
            return Kind.REFRESH_REQUIRED;
        }

        @Override
        public String describe() {
            return "renewal required: " + why;
        }
    }

    /**
     * The consent ended by time; the person has to connect again.
     *
     * @param at when it ended
     */
    record Expired(Instant at) implements ConnectionStatus {
        /**
         * Checks the argument.
         *
         * @param at when it ended
         */
        public Expired {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public Kind kind() {
            return Kind.EXPIRED;
        }

        @Override
        public String describe() {
            return "expired at " + PlainWords.time(at) + "; the person has to connect again";
        }
    }

    /**
     * A disconnect was asked for and is not proven on every side.
     *
     * @param sides what is known of each side
     */
    record PartiallyRevoked(Sides sides) implements ConnectionStatus {
        /**
         * Checks the argument.
         *
         * @param sides what is known of each side
         */
        public PartiallyRevoked {
            Objects.requireNonNull(sides, "sides");
        }

        @Override
        public Kind kind() {
            return Kind.PARTIALLY_REVOKED;
        }

        @Override
        public String describe() {
            return "partially revoked: " + sides.describe();
        }
    }

    /**
     * Access is gone on every side, with evidence.
     *
     * @param sides what is known of each side
     */
    record Revoked(Sides sides) implements ConnectionStatus {
        /**
         * Checks the argument.
         *
         * @param sides what is known of each side
         */
        public Revoked {
            Objects.requireNonNull(sides, "sides");
        }

        @Override
        public Kind kind() {
            return Kind.REVOKED;
        }

        @Override
        public String describe() {
            return "revoked: " + sides.describe();
        }
    }

    /**
     * The platform no longer accepts the tokens; the person has to connect again.
     *
     * @param cause the evidence
     */
    record ReauthorizationRequired(Evidence cause) implements ConnectionStatus {
        /**
         * Checks the argument.
         *
         * @param cause the evidence
         */
        public ReauthorizationRequired {
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public Kind kind() {
            return Kind.REAUTHORIZATION_REQUIRED;
        }

        @Override
        public String describe() {
            return "the person has to connect again: " + cause.describe();
        }
    }

    /**
     * The platform wants the person to act in its own app; the tokens may come back to life by themselves.
     *
     * @param cause the evidence
     */
    record AwaitingAccount(Evidence cause) implements ConnectionStatus {
        /**
         * Checks the argument.
         *
         * @param cause the evidence
         */
        public AwaitingAccount {
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public Kind kind() {
            return Kind.AWAITING_ACCOUNT;
        }

        @Override
        public String describe() {
            return "waiting for the person to act on the platform: " + cause.describe();
        }
    }
}
