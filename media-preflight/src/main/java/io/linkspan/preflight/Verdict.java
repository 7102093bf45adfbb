package io.linkspan.preflight;

/** What a report says about one destination; the order is from best to worst. */
public enum Verdict {
    /** Nothing speaks against publishing. There may be {@link Severity#ADVICE}. */
    OK,
    /** At least one {@link Severity#WARNING} and no error. */
    RISKY,
    /** At least one {@link Severity#ERROR}. */
    BLOCKED
}
