package io.linkspan;

/** What a caller does next after a {@link LinkspanException}. */
public enum RetryAdvice {
    /** Try the same call again later, with growing pauses. */
    BACK_OFF,
    /** The person has to go through the consent page again. */
    REAUTHORIZE,
    /** Trying again as is cannot help; the message says what to change. */
    GIVE_UP
}
