package io.linkspan.connection;

import io.linkspan.internal.explain.PlainWords;
import io.linkspan.spi.Cause;
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
     * Help for the user's page: cause, steps, who acts. Grows with each failure of the same owner at the same platform.
     *
     * @return the help; empty when nothing is missing, when a choice is due, and for imported tokens, since no user waits for those
     */
    Optional<ConnectHelp> help();

    /**
     * The account is connected.
     *
     * @param connection the connection
     * @param renewed whether it existed before and got a new grant
     * @param help help when fewer scopes were granted than requested
     */
    record Connected(Connection connection, boolean renewed, Optional<ConnectHelp> help) implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param connection the connection
         * @param renewed whether it existed before and got a new grant
         * @param help help when fewer scopes were granted than requested
         */
        public Connected {
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(help, "help");
        }

        /**
         * One that lacks nothing.
         *
         * @param connection the connection
         * @param renewed whether it existed before and got a new grant
         */
        public Connected(Connection connection, boolean renewed) {
            this(connection, renewed, Optional.empty());
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
     * @param help help for the user's page
     */
    record Denied(String code, Optional<ConnectHelp> help) implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param code the platform's code
         * @param help help for the user's page
         */
        public Denied {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(help, "help");
        }

        /**
         * One without help.
         *
         * @param code the platform's code
         */
        public Denied(String code) {
            this(code, Optional.empty());
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
     * @param help help for the user's page
     */
    record AccountMismatch(String expected, String actual, Optional<ConnectHelp> help) implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param expected the pinned account, for people
         * @param actual the account that came back, for people
         * @param help help for the user's page
         */
        public AccountMismatch {
            Objects.requireNonNull(expected, "expected");
            Objects.requireNonNull(actual, "actual");
            Objects.requireNonNull(help, "help");
        }

        /**
         * One without help.
         *
         * @param expected the pinned account, for people
         * @param actual the account that came back, for people
         */
        public AccountMismatch(String expected, String actual) {
            this(expected, actual, Optional.empty());
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
        public Optional<ConnectHelp> help() {
            return Optional.empty();
        }

        @Override
        public String describe() {
            return "the consent opens " + candidates.size() + " accounts ("
                    + candidates.stream().map(Candidate::shown).collect(Collectors.joining(", "))
                    + "); let the person choose one until " + PlainWords.time(until);
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
     * @param help help for the user's page
     */
    record NotEligible(String code, Evidence evidence, String remedy, Optional<ConnectHelp> help)
            implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param code stable code, such as {@code no_page}, {@code not_professional} or the platform's own code
         * @param evidence what was seen
         * @param remedy what to do, and who can do it
         * @param help help for the user's page
         */
        public NotEligible {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(evidence, "evidence");
            Objects.requireNonNull(remedy, "remedy");
            Objects.requireNonNull(help, "help");
        }

        /**
         * One without help.
         *
         * @param code stable code
         * @param evidence what was seen
         * @param remedy what to do, and who can do it
         */
        public NotEligible(String code, Evidence evidence, String remedy) {
            this(code, evidence, remedy, Optional.empty());
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
     * @param platformCause the platform's own error in fields; empty when Linkspan refused the callback
     * @param help help for the user's page; empty when the same callback made a connection before
     */
    record Refused(
            Reason reason,
            String message,
            Optional<ConnectionId> connection,
            Optional<Cause> platformCause,
            Optional<ConnectHelp> help)
            implements ConnectOutcome {
        /**
         * Checks the arguments.
         *
         * @param reason stable code
         * @param message what is wrong and what to do
         * @param connection the connection that the same callback made before
         * @param platformCause the platform's own error in fields
         * @param help help for the user's page
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(platformCause, "platformCause");
            Objects.requireNonNull(help, "help");
        }

        /**
         * One without the platform's error and without help.
         *
         * @param reason stable code
         * @param message what is wrong and what to do
         * @param connection the connection that the same callback made before
         */
        public Refused(Reason reason, String message, Optional<ConnectionId> connection) {
            this(reason, message, connection, Optional.empty(), Optional.empty());
        }

        /**
         * One with the platform's error.
         *
         * @param reason stable code
         * @param message what is wrong and what to do
         * @param platformCause the platform's own error in fields
         */
        public Refused(Reason reason, String message, Cause platformCause) {
            this(reason, message, Optional.empty(), Optional.of(platformCause), Optional.empty());
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
