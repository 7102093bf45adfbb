package io.linkspan.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link JobStore} may do besides: count the work that is open, so that a dashboard need not read it. Thread-safe, blocking.
 * Without it {@link io.linkspan.Linkspan#fleet()} counts the first 1,000 records.
 */
public interface CountingStore {
    /**
     * RN-1: counts the records of a kind that have a due time, over all tenants; costs what is open, not what is stored.
     *
     * @param kind what they hold
     * @param now the moment by which work is due
     * @return one row per status that occurs, in any order
     */
    List<OpenWork> open(RecordKind kind, Instant now);

    /**
     * The open records of one status.
     *
     * @param status their status
     * @param open how many have a due time, those included that a worker holds
     * @param due how many of them are due
     * @param oldestDue since when the one is due that waits longest; empty when none is due
     */
    record OpenWork(String status, long open, long due, Optional<Instant> oldestDue) {}
}
