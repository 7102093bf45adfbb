package io.linkspan.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a {@link JobStore} may do besides: hand out due work and take back results in batches, with leases by its own clock, so that nodes
 * whose clocks differ agree on who holds what. Thread-safe, blocking. What it does not bring is done one record at a time with
 * {@link RecordStore#due} and {@link RecordStore#replace}, by the node's clock.
 */
public interface ClaimingStore {
    /**
     * RC-1: takes due records for the caller. For each the due time becomes {@link #now()} plus the lease and the version grows by one,
     * all other columns stay; durable on return. No record is handed to two callers before its lease ends, so that one piece of work has
     * one worker; what is not replaced by then is handed out again.
     *
     * <p>RC-2: the batch is shared fairly: while other tenants' work is due, no tenant gets more than its even share, rounded up, so that
     * one tenant's flood holds up nobody. Where more tenants have work than four times the limit, the shares are even among as many, and
     * the next calls go on with the others. A tenant's share goes the same way to its lanes, which are the records with one lookup value
     * (for jobs: one account) or with none, so that one account's backlog costs the tenant's other accounts one batch at most, also beside
     * any number of tenants and lanes that have only later work. A store may read a bounded number of due records to find who hides
     * between those; then a backlog of more than 10,000 may cost the others one batch more for each further 10,000 of it. Within a lane
     * the earliest come first, and the lower id first where due times are equal.
     *
     * <p>RC-3: costs what it returns times a small factor, not what is due or stored, and that bounded number where most tenants or lanes
     * have only later work. It may return fewer than are due while others claim.
     *
     * @param kind what they hold
     * @param lease how long they are the caller's, 1 millisecond or more
     * @param limit at most this many, 1 to 1,000
     * @return the records as they are stored now, earliest first by the due time they had
     */
    List<StoredRecord> claim(RecordKind kind, Duration lease, int limit);

    /**
     * RC-4: replaces each record as {@link RecordStore#replace} does, all in one durable step; a record that is refused does not keep the
     * others from being replaced.
     *
     * @param next the next versions, with every column; at most 1,000
     * @return per record, in the same order, whether it was replaced
     * @throws io.linkspan.StoreException as {@code replace} does, a taken unique key included; then nothing is changed
     */
    List<Boolean> replaceAll(List<StoredRecord> next);

    /**
     * RC-5: the clock that leases are measured by, to write the end of a longer lease.
     *
     * @return the moment, to the millisecond
     */
    Instant now();
}
