package io.linkspan.spi;

import java.time.Instant;
import java.util.Objects;

/** One event of a {@link SignedMessage}. */
public sealed interface PlatformEvent {
    /**
     * The app lost access to an account.
     *
     * @param accountId the account, by id or alias
     * @param at when, by the platform's clock
     * @param code the platform's raw reason
     * @param byPerson whether the reason names the person
     */
    record AccessRemoved(String accountId, Instant at, String code, boolean byPerson) implements PlatformEvent {
        /**
         * Checks the arguments.
         *
         * @param accountId the account, by id or alias
         * @param at when, by the platform's clock
         * @param code the platform's raw reason
         * @param byPerson whether the reason names the person
         */
        public AccessRemoved {
            accountId = Texts.cleaned(Objects.requireNonNull(accountId, "accountId"), Texts.MOST_ID);
            Objects.requireNonNull(at, "at");
            code = Texts.cleaned(Objects.requireNonNull(code, "code"), Texts.MOST_ID);
        }
    }

    /**
     * Something happened to a handle; a reason to read its status now.
     *
     * @param accountId the account, by id or alias
     * @param handle the handle's id
     * @param name the platform's name of the event
     * @param occurrence what tells this event from the next one like it, such as its time; a repeat has the same
     * @param made whether it says that the handle became what it was made for, so that it may be the first word of an attempt
     *     whose answer was lost
     */
    record HandleMoved(String accountId, String handle, String name, String occurrence, boolean made)
            implements PlatformEvent {
        /**
         * Of a handle whose name is known.
         *
         * @param accountId the account, by id or alias
         * @param handle the handle's id
         * @param name the platform's name of the event
         * @param occurrence what tells this event from the next one like it, such as its time; a repeat has the same
         */
        public HandleMoved(String accountId, String handle, String name, String occurrence) {
            this(accountId, handle, name, occurrence, false);
        }

        /**
         * Checks the arguments.
         *
         * @param accountId the account, by id or alias
         * @param handle the handle's id
         * @param name the platform's name of the event
         * @param occurrence what tells this event from the next one like it, such as its time; a repeat has the same
         * @param made whether it says that the handle became what it was made for
         */
        public HandleMoved {
            accountId = Texts.cleaned(Objects.requireNonNull(accountId, "accountId"), Texts.MOST_ID);
            handle = Texts.cleaned(Objects.requireNonNull(handle, "handle"), Texts.MOST_REASON);
            name = Texts.cleaned(Objects.requireNonNull(name, "name"), Texts.MOST_ID);
            occurrence = Texts.cleaned(Objects.requireNonNull(occurrence, "occurrence"), Texts.MOST_ID);
        }
    }

    /**
     * The person asks through the platform that what is kept about the account be deleted.
     *
     * @param accountId the account, by id or alias
     * @param at when, by the platform's clock
     */
    record DeletionWanted(String accountId, Instant at) implements PlatformEvent {
        /**
         * Checks the arguments.
         *
         * @param accountId the account, by id or alias
         * @param at when, by the platform's clock
         */
        public DeletionWanted {
            accountId = Texts.cleaned(Objects.requireNonNull(accountId, "accountId"), Texts.MOST_ID);
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * An event without meaning for Linkspan, or one this version does not know.
     *
     * @param name the platform's name of the event
     */
    record Other(String name) implements PlatformEvent {
        /**
         * Checks the argument.
         *
         * @param name the platform's name of the event
         */
        public Other {
            name = Texts.cleaned(Objects.requireNonNull(name, "name"), Texts.MOST_ID);
        }
    }
}
