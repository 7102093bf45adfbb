package io.linkspan;

import org.jspecify.annotations.Nullable;

/** A stored record cannot be opened: its key is not at hand, it was edited, or it belongs elsewhere. Others go on. */
public final class UnreadableRecordException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message which record, why, and the remedy
     * @param cause the reason below, or null
     */
    public UnreadableRecordException(String message, @Nullable Throwable cause) {
        super(message, RetryAdvice.GIVE_UP, cause);
    }
}
