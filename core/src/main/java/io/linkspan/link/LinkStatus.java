package io.linkspan.link;

import java.util.Objects;

/**
 * Where an account link stands. Derived from both connections and the last look at the profiles, never set.
 *
 * @param kind the case
 * @param because why, in one sentence
 */
public record LinkStatus(Kind kind, String because) {
    /**
     * Checks the arguments.
     *
     * @param kind the case
     * @param because why, in one sentence
     */
    public LinkStatus {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(because, "because");
    }

    /**
     * One line for people.
     *
     * @return the case in words, and why
     */
    public String describe() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ": " + because;
    }

    /** The cases, the first that holds. */
    public enum Kind {
        /** The host unlinked it. */
        PARTED,
        /** Neither connection is in use any more. */
        ENDED,
        /** One connection was disconnected or removed, the other is still in use. */
        ONE_SIDED,
        /** A person has to act before both connections work. */
        PERSON_NEEDED,
        /** A connection's token ended or its renewal is unclear; Linkspan renews it. */
        RENEWING,
        /** Something that the intent needs is blocked on a connection. */
        CAPABILITY_BLOCKED,
        /** A profile showed the other account and does not any more. */
        DRIFTED,
        /** Both connections work, but it is not known that the profiles point at each other. */
        UNCONFIRMED,
        /** Everything the intent needs works. */
        WORKING
    }
}
