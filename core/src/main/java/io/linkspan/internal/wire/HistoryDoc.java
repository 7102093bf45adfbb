package io.linkspan.internal.wire;

import java.time.Instant;

/**
 * One line of history, kept in the record until it is in the history.
 *
 * @param sequence position
 * @param at when
 * @param actor who
 * @param action stable code
 * @param detail in words
 */
public record HistoryDoc(long sequence, Instant at, String actor, String action, String detail) {}
