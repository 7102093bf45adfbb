package io.linkspan;

import org.jspecify.annotations.Nullable;

/** A store could not read or write; the write may or may not have been kept. */
public final class StoreException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message and cause.
     *
     * @param message which operation on which table or record, and what to check
     * @param cause the database's own exception, or null
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, RetryAdvice.BACK_OFF, cause);
    }
}
