package io.linkspan;

/** A connection cannot be used until the person consents again, or it was disconnected. */
public final class AuthorizationException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message which connection, why, and what to do
     */
    public AuthorizationException(String message) {
        super(message, RetryAdvice.REAUTHORIZE, null);
    }
}
