package io.linkspan;

/**
 * A request does not fit the present state of what it names: a link to a disconnected account, a decision about a job that waits
 * for none. Nothing was changed. A web application answers 409.
 */
public final class ConflictException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what does not fit, and what to do
     */
    public ConflictException(String message) {
        super(message, RetryAdvice.GIVE_UP, null);
    }
}
