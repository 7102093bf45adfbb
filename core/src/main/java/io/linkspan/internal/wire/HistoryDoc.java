package io.linkspan.internal.wire;

import io.linkspan.spi.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of history, kept in the record until it is in the history.
 *
 * @param sequence position
 * @param at when
 * @param actor who
 * @param action stable code
 * @param detail in words
 * @param cause why, when it tells of a failure
 */
public record HistoryDoc(
        long sequence,
        Instant at,
        String actor,
        String action,
        String detail,
        @Nullable Cause cause) {
    /** A line that tells of no failure. */
    public HistoryDoc(long sequence, Instant at, String actor, String action, String detail) {
        this(sequence, at, actor, action, detail, null);
    }
}
