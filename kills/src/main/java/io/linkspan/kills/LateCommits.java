package io.linkspan.kills;

import io.linkspan.TenantId;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broken store, to show that the check can fail: it says that the intent to commit is durable and writes it with the next
 * call that touches the job. A worker killed in between has sent a commit of which the store knows nothing.
 */
final class LateCommits implements JobStore {
    private final JobStore store;
    private final Map<String, StoredRecord> late = new HashMap<>();

    LateCommits(JobStore store) {
        this.store = store;
    }

    @Override
    public synchronized boolean replace(StoredRecord next) {
        flush(next.id());
        if (next.kind() == RecordKind.JOB && next.status().equals("committing")) {
            late.put(next.id(), next);
            return true;
        }
        return store.replace(next);
    }

    private void flush(String id) {
        StoredRecord held = late.remove(id);
        if (held != null) {
            store.replace(held);
        }
    }

    @Override
    public boolean insert(StoredRecord record) {
        return store.insert(record);
    }

    @Override
    public synchronized Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        flush(id);
        return store.find(tenant, kind, id);
    }

    @Override
    public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        return store.findByKey(tenant, kind, uniqueKey);
    }

    @Override
    public boolean delete(StoredRecord record) {
        return store.delete(record);
    }

    @Override
    public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        return store.due(kind, now, limit);
    }

    @Override
    public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        return store.byLookup(kind, lookup, limit);
    }

    @Override
    public List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        return store.page(tenant, kind, user, afterId, limit);
    }

    @Override
    public List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        return store.attention(tenant, kind, afterAt, afterId, now, limit);
    }
}
