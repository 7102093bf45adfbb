package io.linkspan.preflight.internal.rule;

/** A rule pack is broken. The message names the file, the rule and the reason. */
public final class RulePackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RulePackException(String message) {
        super(message);
    }

    RulePackException(String message, Throwable cause) {
        super(message, cause);
    }
}
