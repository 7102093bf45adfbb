package io.linkspan;

/** A platform could not be reached, or its answer could not be understood; nothing was decided. */
public final class TransportException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what was tried, what went wrong, and what to check
     */
    public TransportException(String message) {
        super(message, RetryAdvice.BACK_OFF, null);
    }
}
