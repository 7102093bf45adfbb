package io.linkspan.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RecordStore} may do besides: walk all records. Needed to change keys, for nothing else. Thread-safe, blocking.
 */
public interface RecordScan {
    /**
     * RX-1: records of one kind over all tenants, by tenant and id; so that a walk page by page meets every record that
     * stays.
     *
     * @param kind what they hold
     * @param after the last record of the page before; null for the first page
     * @param limit at most this many, 1 to 1,000
     * @return the records, newest acknowledged versions
     */
    List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit);
}
