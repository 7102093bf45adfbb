package io.linkspan.fake;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A job store in which something happens right after jobs are written with a status, and which can be down. */
public final class JobFaults implements JobStore {
    private final JobStore inner;
    private final String status;
    private Runnable event = () -> {};
    private boolean down;

    /**
     * Over a store that is up.
     *
     * @param inner the store
     * @param status when a job is written with it, the next event happens
     */
    public JobFaults(JobStore inner, String status) {
        this.inner = inner;
        this.status = status;
    }

    /** Something happens after the next such write was kept. */
    public JobFaults after(Runnable next) {
        event = next;
        return this;
    }

    /** The next such write is kept and reported as failed, and from then on the store may be down. */
    public JobFaults keptButFailed(boolean downAfterwards) {
        return after(() -> {
            down = downAfterwards;
            throw new StoreException("no answer to a write", null);
        });
    }

    /** From now on every call fails. */
    public void begin() {
        down = true;
    }

    /** From now on every call passes. */
    public void end() {
        down = false;
    }

    private JobStore up() {
        if (down) {
            throw new StoreException("the database cannot be reached", null);
        }
        return inner;
    }

    @Override
    public boolean replace(StoredRecord next) {
        boolean kept = up().replace(next);
        if (kept && next.status().equals(status)) {
            Runnable now = event;
            event = () -> {};
            now.run();
        }
        return kept;
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
}
