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
            Objects.requireNonNull(accountId, "accountId");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(code, "code");
        }
    }

    /**
     * Something happened to a handle; a reason to read its status now.
     *
     * @param accountId the account, by id or alias
     * @param handle the handle's id
     * @param name the platform's name of the event
     */
    record HandleMoved(String accountId, String handle, String name) implements PlatformEvent {
        /**
         * Checks the arguments.
         *
         * @param accountId the account, by id or alias
         * @param handle the handle's id
         * @param name the platform's name of the event
         */
        public HandleMoved {
            Objects.requireNonNull(accountId, "accountId");
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(name, "name");
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
            Objects.requireNonNull(name, "name");
        }
    }
}
