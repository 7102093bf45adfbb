package io.linkspan.preflight;

import org.jspecify.annotations.Nullable;

/** A rule pack or an overlay is broken and was refused whole. The message names the file, the rule and the reason. */
public final class RulePackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message file, rule and reason
     * @param cause the failure underneath, if there was one
     */
    public RulePackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
