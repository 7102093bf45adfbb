package io.linkspan.fake;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A token store that can be down. */
public final class Outage implements TokenStore {
    private final TokenStore inner;
    private boolean down;

    /** Over a store that is up. */
    public Outage(TokenStore inner) {
        this.inner = inner;
    }

    /** From now on every call fails. */
    public void begin() {
        down = true;
    }

    /** From now on every call passes. */
    public void end() {
        down = false;
    }

    private TokenStore up() {
        if (down) {
            throw new StoreException("the database cannot be reached", null);
        }
        return inner;
    }

    @Override
    public boolean insert(StoredRecord record) {
        return up().insert(record);
    }

    @Override
    public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        return up().find(tenant, kind, id);
    }

    @Override
    public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        return up().findByKey(tenant, kind, uniqueKey);
    }

    @Override
    public boolean replace(StoredRecord next) {
        return up().replace(next);
    }

    @Override
    public boolean delete(StoredRecord record) {
        return up().delete(record);
    }

    @Override
    public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        return up().due(kind, now, limit);
    }

    @Override
    public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        return up().byLookup(kind, lookup, limit);
    }

    @Override
    public List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        return up().page(tenant, kind, user, afterId, limit);
    }

    @Override
    public List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        return up().attention(tenant, kind, afterAt, afterId, now, limit);
    }

    @Override
    public boolean appendHistory(HistoryRecord entry) {
        return up().appendHistory(entry);
    }

    @Override
    public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
        return up().history(tenant, subject, afterSequence, limit);
    }
}
