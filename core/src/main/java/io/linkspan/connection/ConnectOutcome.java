package io.linkspan.connection;

import java.util.Objects;

/** What became of a callback. */
public sealed interface ConnectOutcome {
    /**
     * One sentence for people.
     *
     * @return the sentence
     */
    String describe();

    /**
     * The account is connected.
     *
     * @param connection the connection
     * @param renewed whether it existed before and got a new grant
     */
    record Connected(Connection connection, boolean renewed) implements ConnectOutcome {
        /**
         * Checks the argument.
         *
         * @param connection the connection
         * @param renewed whether it existed before and got a new grant
         */
        public Connected {
            Objects.requireNonNull(connection, "connection");
        }

        @Override
        public String describe() {
            return (renewed ? "reconnected " : "connected ") + connection.platform() + " " + connection.shown();
        }
    }

    /**
     * The person or the platform said no on the consent page.
     *
     * @param code the platform's code
     */
    record Denied(String code) implements ConnectOutcome {
        /**
         * Checks the argument.
         *
         * @param code the platform's code
         */
        public Denied {
            Objects.requireNonNull(code, "code");
        }

        @Override
        public String describe() {
            return "not connected: the consent was refused (" + code + "); the person can start again";
        }
    }

    /**
     * Another account than the pinned one came back; nothing was changed.
     *
     * @param expected the pinned account, for people
     * @param actual the account that came back, for people
     */
    record AccountMismatch(String expected, String actual) implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param expected the pinned account, for people
         * @param actual the account that came back, for people
         */
        public AccountMismatch {
            Objects.requireNonNull(expected, "expected");
            Objects.requireNonNull(actual, "actual");
        }

        @Override
        public String describe() {
            return "not connected: the person signed in as " + actual + ", expected was " + expected
                    + "; sign out on the platform, or start again with withFreshLogin()";
        }
    }

    /**
     * The callback was not accepted; nothing was changed.
     *
     * @param reason stable code
     * @param message what is wrong and what to do
     */
    record Refused(Reason reason, String message) implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param reason stable code
         * @param message what is wrong and what to do
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public String describe() {
            return "not connected: " + message;
        }
    }

    /** Why a callback was not accepted. */
    enum Reason {
        /** The query breaks the protocol's form. */
        MALFORMED,
        /** No connect was started with this state. */
        UNKNOWN_STATE,
        /** The state was used before. */
        STATE_USED,
        /** The consent took too long. */
        STATE_EXPIRED,
        /** Another browser started it. */
        WRONG_BROWSER,
        /** The answer names another issuer. */
        WRONG_ISSUER,
        /** The platform refused the code or the app. */
        PLATFORM_REFUSED,
        /** The platform could not be reached or its answer was unclear; the code is spent. */
        UNCLEAR,
        /** The account read with the token is not the one the token answer named. */
        IDENTITY_CHANGED
    }
}
