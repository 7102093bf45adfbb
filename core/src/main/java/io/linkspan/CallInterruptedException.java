package io.linkspan;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted and the call ended early. The thread's interrupt flag is set. Nothing that was begun is lost:
 * the same call can be repeated.
 */
public final class CallInterruptedException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message what was not done, and what to do
     * @param cause the reason below, or null
     */
    public CallInterruptedException(String message, @Nullable Throwable cause) {
        super(message, RetryAdvice.BACK_OFF, cause);
    }
}
