package io.linkspan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything Linkspan throws on purpose. The subclasses differ in what a caller does next.
 *
 * <p>No message, cause or field holds a token, a secret or a signed URL.
 */
public abstract class LinkspanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What to do next. */
    private final RetryAdvice retryAdvice;

    /**
     * For subclasses.
     *
     * @param message what failed, for which connection or job, and what to do
     * @param retryAdvice what to do next
     * @param cause the reason below, or null
     */
    protected LinkspanException(String message, RetryAdvice retryAdvice, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAdvice = Objects.requireNonNull(retryAdvice, "retryAdvice");
    }

    /**
     * What a caller does next.
     *
     * @return the advice
     */
    public final RetryAdvice retryAdvice() {
        return retryAdvice;
    }
}
