package io.linkspan.publish;

import io.linkspan.LinkspanException;
import io.linkspan.RetryAdvice;

/** The owner used an idempotency key before for another post; nothing was queued. */
public final class IdempotencyConflictException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /** Id of the owner's publication under this key. */
    private final String publication;

    /**
     * For a key.
     *
     * @param key the key
     * @param existing the owner's publication under this key
     */
    public IdempotencyConflictException(String key, PublicationId existing) {
        super(
                "idempotency key \"" + key + "\" was used for another post (publication " + existing
                        + "); use a new key for a new post, or send the same post again",
                RetryAdvice.GIVE_UP,
                null);
        this.publication = existing.value();
    }

    /**
     * The owner's publication under this key.
     *
     * @return its id, for {@link Publisher#find}
     */
    public PublicationId publication() {
        return new PublicationId(publication);
    }
}
