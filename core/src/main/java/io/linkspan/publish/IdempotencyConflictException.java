package io.linkspan.publish;

import io.linkspan.LinkspanException;
import io.linkspan.RetryAdvice;

/** An idempotency key was used before for another post; nothing was queued. */
public final class IdempotencyConflictException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * For a key.
     *
     * @param key the key
     * @param existing the publication that used it
     */
    public IdempotencyConflictException(String key, PublicationId existing) {
        super(
                "idempotency key \"" + key + "\" was used for another post (publication " + existing
                        + "); use a new key for a new post, or send the same post again",
                RetryAdvice.GIVE_UP,
                null);
    }
}
