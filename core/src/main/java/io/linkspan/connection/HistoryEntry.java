package io.linkspan.connection;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of history.
 *
 * @param sequence position, from 1
 * @param at when
 * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
 * @param action stable code, such as {@code connected} or {@code renewed}
 * @param detail in words; never a secret
 */
public record HistoryEntry(long sequence, Instant at, String actor, String action, String detail) {
    /**
     * Checks the arguments.
     *
     * @param sequence position, from 1
     * @param at when
     * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
     * @param action stable code, such as {@code connected} or {@code renewed}
     * @param detail in words; never a secret
     */
    public HistoryEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(detail, "detail");
    }
}
