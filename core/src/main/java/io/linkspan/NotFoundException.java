package io.linkspan;

import java.util.Objects;

/**
 * What a call names does not exist for its owner. Something that belongs to another owner is answered in the same way, so that ids
 * cannot be probed. A web application answers 404.
 */
public final class NotFoundException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /** Kind of thing that was not found. */
    public enum Kind {
        /** A connection. */
        CONNECTION,
        /** An account link. */
        ACCOUNT_LINK,
        /** A publication. */
        PUBLICATION,
        /** A job of a publication. */
        JOB,
        /** A platform that this Linkspan is configured for. */
        PLATFORM
    }

    /** Kind of thing that was not found. */
    private final Kind kind;

    /** The id that the call named. */
    private final String id;

    /**
     * For a kind and an id.
     *
     * @param kind kind of thing
     * @param id the id that the call named
     * @param message what was not found and what to do
     */
    public NotFoundException(Kind kind, String id, String message) {
        super(message, RetryAdvice.GIVE_UP, null);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.id = Objects.requireNonNull(id, "id");
    }

    /**
     * Kind of thing that was not found.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The id that the call named.
     *
     * @return the id; for a platform its name
     */
    public String id() {
        return id;
    }
}
