package io.linkspan.webhook;

import io.linkspan.internal.explain.PlainWords;
import java.time.Instant;
import java.util.Objects;

/**
 * How far a data deletion is; holds nothing about the person.
 *
 * @param requestedAt when the request came
 * @param done whether all of it is deleted
 */
public record DeletionStatus(Instant requestedAt, boolean done) {
    /**
     * Checks the argument.
     *
     * @param requestedAt when the request came
     * @param done whether all of it is deleted
     */
    public DeletionStatus {
        Objects.requireNonNull(requestedAt, "requestedAt");
    }

    /**
     * One line for the person.
     *
     * @return the line
     */
    public String describe() {
        return "requested at " + PlainWords.time(requestedAt) + (done ? ", everything is deleted" : ", being deleted");
    }
}
