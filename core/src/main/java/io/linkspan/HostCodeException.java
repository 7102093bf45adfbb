package io.linkspan;

import org.jspecify.annotations.Nullable;

/**
 * Code that the host gave to Linkspan failed in a way its interface does not allow: a key provider, a media store or a media source.
 * Stores have {@link StoreException}.
 */
public final class HostCodeException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message and cause.
     *
     * @param message which part of the host failed, and what to check
     * @param cause what it threw, or null when it returned what it must not
     */
    public HostCodeException(String message, @Nullable Throwable cause) {
        super(message, RetryAdvice.BACK_OFF, cause);
    }
}
