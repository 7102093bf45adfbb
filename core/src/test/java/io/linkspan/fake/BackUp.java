package io.linkspan.fake;

import io.linkspan.InMemoryStores;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What stores held at one moment. History stays as it is, for nothing is decided by it. */
public final class BackUp {
    private static final Set<RecordKind> OF_JOBS = Set.of(RecordKind.PUBLICATION, RecordKind.JOB, RecordKind.LANE);

    private final InMemoryStores stores;
    private final List<StoredRecord> records;

    private BackUp(InMemoryStores stores, List<StoredRecord> records) {
        this.stores = stores;
        this.records = records;
    }

    /** Takes a back-up. */
    public static BackUp of(InMemoryStores stores) {
        return new BackUp(stores, all(stores));
    }

    private static List<StoredRecord> all(InMemoryStores stores) {
        List<StoredRecord> records = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            records.addAll(((RecordScan) store(stores, kind)).scan(kind, null, 1000));
        }
        return records;
    }

    private static RecordStore store(InMemoryStores stores, RecordKind kind) {
        return OF_JOBS.contains(kind) ? stores.jobs() : stores.tokens();
    }

    /** The stores hold what they held then, and nothing else. */
    public void restore() {
        all(stores).forEach(record -> store(stores, record.kind()).delete(record));
        records.forEach(record -> store(stores, record.kind()).insert(first(record)));
    }

    private static StoredRecord first(StoredRecord record) {
        return StoredRecord.builder(record.tenant(), record.kind(), record.id())
                .user(record.user())
                .uniqueKey(record.uniqueKey().orElse(null))
                .lookup(record.lookup().orElse(null))
                .status(record.status())
                .dueAt(record.dueAt().orElse(null))
                .attentionAt(record.attentionAt().orElse(null))
                .payload(record.payload())
                .build();
    }
}
