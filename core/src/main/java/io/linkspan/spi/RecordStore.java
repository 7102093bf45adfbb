package io.linkspan.spi;

import io.linkspan.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Versioned records with compare-and-set: all that Linkspan asks of a database. Thread-safe, blocking. Every method may
 * throw {@link io.linkspan.StoreException}; after it, the write may or may not have been kept.
 *
 * <p>Reads see the latest acknowledged write; a replica that lags must not be used.
 *
 * <p>RS-10: all texts that Linkspan hands over are well-formed Unicode without control characters ({@link Texts}); a store carries them
 * unchanged and compares them exactly.
 */
public interface RecordStore {
    /**
     * RS-1: stores a new record, durable on return, in one atomic step; so that two nodes cannot both create it.
     *
     * @param record the record, version 1
     * @return false, with nothing changed, when id or unique key is taken within tenant and kind
     */
    boolean insert(StoredRecord record);

    /**
     * RS-2: finds a record by id within its tenant; a foreign tenant's id answers like a missing one.
     *
     * @param tenant the tenant
     * @param kind what it holds
     * @param id its id
     * @return the newest acknowledged record
     */
    Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id);

    /**
     * RS-3: finds a record by its unique key within its tenant.
     *
     * @param tenant the tenant
     * @param kind what it holds
     * @param uniqueKey its key
     * @return the newest acknowledged record
     */
    Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey);

    /**
     * RS-4: replaces a record if its stored version is {@code next.version() - 1}, durable on return, in one atomic step
     * visible to every node; so that of two writers one loses and knows it.
     *
     * @param next the next version, with every column
     * @return false, with nothing changed, when the stored version differs or the record is missing
     */
    boolean replace(StoredRecord next);

    /**
     * RS-5: deletes a record if its stored version is the given one.
     *
     * @param record the record as it was read
     * @return false, with nothing changed, when the stored version differs or the record is missing
     */
    boolean delete(StoredRecord record);

    /**
     * RS-6: records whose due time is at or before now, earliest first, over all tenants; costs what is due, not what is
     * stored.
     *
     * @param kind what they hold
     * @param now the moment
     * @param limit at most this many, 1 to 1,000
     * @return the records
     */
    List<StoredRecord> due(RecordKind kind, Instant now, int limit);

    /**
     * RS-7: records with this lookup value, over all tenants, by tenant and id.
     *
     * @param kind what they hold
     * @param lookup the value
     * @param limit at most this many, 1 to 1,000
     * @return the records
     */
    List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit);

    /**
     * RS-8: records of one user inside a tenant, by id.
     *
     * @param tenant the tenant
     * @param kind what they hold
     * @param user the user
     * @param afterId only ids after this one; empty for the first page
     * @param limit at most this many, 1 to 1,000
     * @return the records
     */
    List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit);

    /**
     * RS-9: records of a tenant that somebody should look at: whose {@link StoredRecord#attentionAt()} is at or before now,
     * by that moment and then by id; costs what is returned, not what is stored, so that a support screen may ask often.
     *
     * @param tenant the tenant
     * @param kind what they hold
     * @param afterAt only records after this moment, or at it with an id after {@code afterId}; {@link Instant#EPOCH} and an
     *     empty id for the first page
     * @param afterId see {@code afterAt}
     * @param now the moment
     * @param limit at most this many, 1 to 1,000
     * @return the records
     */
    List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit);
}
