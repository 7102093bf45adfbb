package io.linkspan.preflight.internal.rule;

/** What one check of a rule found. */
sealed interface Outcome {
    /** The media keeps to the limit. */
    record Pass() implements Outcome {}

    /** The limit does not concern the media. */
    record Skip() implements Outcome {}

    /**
     * The media is past the limit.
     *
     * @param measured what was found, with its unit
     */
    record Fail(String measured) implements Outcome {}

    /**
     * The fact is not known.
     *
     * @param reason why
     */
    record Unchecked(String reason) implements Outcome {}
}
