package io.linkspan.preflight;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes could not be had: the path is missing, may not be read, the device failed, or the thread was interrupted.
 *
 * <p>What is wrong inside the bytes never comes as an exception but as findings of a {@link PreflightReport}.
 */
public final class UnreadableMediaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there were no bytes. */
    public enum Reason {
        /** There is nothing at the path. */
        MISSING,
        /** The process may not read it. */
        ACCESS_DENIED,
        /** The thread was interrupted; its interrupt flag is set. */
        INTERRUPTED,
        /** Reading failed; the cause tells more. */
        IO
    }

    /** Why there were no bytes. */
    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason why there were no bytes
     * @param message what was read and what happened
     * @param cause the failure underneath, if there was one
     */
    public UnreadableMediaException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Why there were no bytes.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
