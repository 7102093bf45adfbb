package io.linkspan.spi;

import java.util.Objects;

/**
 * What a platform's code means: data from an {@link ErrorCatalogue}.
 *
 * @param causeClass why, cut by what has to change
 * @param cause one phrase for people
 * @param actor who can do something
 * @param remedy what to do, one sentence
 * @param tokenEffect what it says about the token
 * @param retryable whether the same request may succeed later without anybody's help
 */
public record ErrorMeaning(
        CauseClass causeClass, String cause, Actor actor, String remedy, TokenEffect tokenEffect, boolean retryable) {
    /**
     * Checks the arguments.
     *
     * @param causeClass why, cut by what has to change
     * @param cause one phrase for people
     * @param actor who can do something
     * @param remedy what to do, one sentence
     * @param tokenEffect what it says about the token
     * @param retryable whether the same request may succeed later without anybody's help
     */
    public ErrorMeaning {
        Objects.requireNonNull(causeClass, "causeClass");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(tokenEffect, "tokenEffect");
    }
}
