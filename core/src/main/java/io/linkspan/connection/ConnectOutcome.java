package io.linkspan.connection;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
     * The consent opens several accounts; one has to be chosen with {@link Connections#choose}. Nothing was changed.
     *
     * @param connectId names the connect that waits for the choice
     * @param candidates the accounts, by id; never empty
     * @param until until when the choice is accepted
     */
    record ChooseAccount(String connectId, List<Candidate> candidates, Instant until) implements ConnectOutcome {
        /**
         * Copies the candidates.
         *
         * @param connectId names the connect that waits for the choice
         * @param candidates the accounts, by id; never empty
         * @param until until when the choice is accepted
         */
        public ChooseAccount {
            Objects.requireNonNull(connectId, "connectId");
            candidates = List.copyOf(candidates);
            Objects.requireNonNull(until, "until");
        }

        @Override
        public String describe() {
            return "the consent opens " + candidates.size() + " accounts ("
                    + candidates.stream().map(Candidate::shown).collect(Collectors.joining(", "))
                    + "); let the person choose one until " + until;
        }
    }

    /**
     * An account that can be chosen.
     *
     * @param accountId the platform's id of the account
     * @param handle the handle without {@code @}; may be empty
     * @param displayName the display name; may be empty
     * @param label what tells it from the others, such as the name of its Page; may be empty
     */
    record Candidate(String accountId, String handle, String displayName, String label) {
        /**
         * Checks the arguments.
         *
         * @param accountId the platform's id of the account
         * @param handle the handle without {@code @}; may be empty
         * @param displayName the display name; may be empty
         * @param label what tells it from the others, such as the name of its Page; may be empty
         */
        public Candidate {
            Objects.requireNonNull(accountId, "accountId");
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(displayName, "displayName");
            Objects.requireNonNull(label, "label");
        }

        /**
         * The account for people.
         *
         * @return the handle with {@code @}, or the id when there is none
         */
        public String shown() {
            return handle.isEmpty() ? accountId : "@" + handle;
        }
    }

    /**
     * The account, or its state, cannot be connected for what is wanted; nothing was changed.
     *
     * @param code stable code, such as {@code no_page}, {@code not_professional} or the platform's own code
     * @param evidence what was seen
     * @param remedy what to do, and who can do it
     */
    record NotEligible(String code, Evidence evidence, String remedy) implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param code stable code, such as {@code no_page}, {@code not_professional} or the platform's own code
         * @param evidence what was seen
         * @param remedy what to do, and who can do it
         */
        public NotEligible {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(evidence, "evidence");
            Objects.requireNonNull(remedy, "remedy");
        }

        @Override
        public String describe() {
            return "not connected: " + code + " (" + evidence.describe() + "). " + remedy;
        }
    }

    /**
     * The callback was not accepted; nothing was changed.
     *
     * @param reason stable code
     * @param message what is wrong and what to do
     * @param connection the connection that the same callback made before, shown to the browser that began; a page that was
     *     loaded again can go on with it
     */
    record Refused(Reason reason, String message, Optional<ConnectionId> connection) implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param reason stable code
         * @param message what is wrong and what to do
         * @param connection the connection that the same callback made before
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(connection, "connection");
        }

        /**
         * One that made no connection before.
         *
         * @param reason stable code
         * @param message what is wrong and what to do
         */
        public Refused(Reason reason, String message) {
            this(reason, message, Optional.empty());
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
        /** The state was used before; {@link Refused#connection()} is what it made. */
        STATE_USED,
        /** The consent took too long. */
        STATE_EXPIRED,
        /** Another browser started it, or this one brought no secret because its session has ended. */
        WRONG_BROWSER,
        /** The answer names another issuer, or none where one is due. */
        WRONG_ISSUER,
        /** The callback arrived for another platform, app, owner or kind of login than the connect was started for. */
        WRONG_CONTEXT,
        /** The platform refused the code or the app. */
        PLATFORM_REFUSED,
        /** The platform could not be reached or its answer was unclear; the code is spent. */
        UNCLEAR,
        /** The account read with the token is not the one the token answer named. */
        IDENTITY_CHANGED,
        /** The chosen account is not among the candidates. */
        NOT_A_CANDIDATE,
        /** Tokens to import belong to an account that is known already; an import never replaces a connection. */
        ALREADY_CONNECTED,
        /** Tokens to import open several accounts, and none was named. */
        ACCOUNT_NOT_NAMED
    }
}
