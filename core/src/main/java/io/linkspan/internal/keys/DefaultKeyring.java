package io.linkspan.internal.keys;

import io.linkspan.Keyring;
import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.CheckedStore;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.json.Json;
import io.linkspan.json.core.JacksonException;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link Keyring} by compare-and-set on one record at a time, so that a crash or a rival costs nothing. */
public final class DefaultKeyring implements Keyring {
    private static final List<RecordKind> KINDS =
            List.of(RecordKind.CONNECTION, RecordKind.PENDING_CONNECT, RecordKind.JOB);
    /** Unwanted grants are counted too, but not changed: they are erased within days by themselves. */
    private static final List<RecordKind> COUNTED =
            List.of(RecordKind.CONNECTION, RecordKind.PENDING_CONNECT, RecordKind.UNWANTED_GRANT, RecordKind.JOB);

    private static final int PAGE = 200;

    private final Kernel kernel;
    private int kind;
    private @Nullable StoredRecord after;

    /** Over a kernel. */
    public DefaultKeyring(Kernel kernel) {
        this.kernel = kernel;
    }

    private RecordStore store(RecordKind of) {
        return of == RecordKind.JOB ? kernel.jobs() : kernel.tokens();
    }

    private RecordScan scan(RecordKind of) {
        if (store(of) instanceof RecordScan scan) {
            return scan;
        }
        throw new IllegalStateException("the store " + CheckedStore.name(store(of))
                + " cannot walk its records; let it implement RecordScan to change keys");
    }

    @Override
    public synchronized Rewrap rewrap(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        int rewrapped = 0;
        int left = 0;
        int unreadable = 0;
        while (kind < KINDS.size()) {
            List<StoredRecord> page = scan(KINDS.get(kind)).scan(KINDS.get(kind), after, PAGE);
            for (StoredRecord record : page) {
                if (rewrapped == limit) {
                    return new Rewrap(rewrapped, left, unreadable, false);
                }
                switch (rewrap(record)) {
                    case REWRAPPED -> rewrapped++;
                    case LEFT -> left++;
                    case UNREADABLE -> unreadable++;
                    case CURRENT -> {}
                }
                after = record;
            }
            if (page.size() < PAGE) {
                kind++;
                after = null;
            }
        }
        kind = 0;
        return new Rewrap(rewrapped, left, unreadable, true);
    }

    private enum Result {
        CURRENT,
        REWRAPPED,
        LEFT,
        UNREADABLE
    }

    private Result rewrap(StoredRecord record) {
        JsonNode payload = read(record);
        SealedFields fields = new SealedFields(kernel.vault());
        Set<String> keys = fields.keys(payload);
        keys.remove(kernel.vault().currentKeyId());
        if (keys.isEmpty()) {
            return Result.CURRENT;
        }
        if (inUse(record, payload)) {
            return Result.LEFT;
        }
        try {
            fields.rewrap(payload);
        } catch (UnreadableRecordException e) {
            return Result.UNREADABLE;
        }
        StoredRecord next = record.next().payload(Json.write(payload)).build();
        return store(record.kind()).replace(next) ? Result.REWRAPPED : Result.LEFT;
    }

    private static JsonNode read(StoredRecord record) {
        try {
            return Json.read(record.payload());
        } catch (JacksonException e) {
            return Json.object(); // says so itself when it is worked on
        }
    }

    /** Whoever holds it would lose a write: a claimed job is due within its lease, a renewal shows its intent. */
    private boolean inUse(StoredRecord record, JsonNode payload) {
        if (record.kind() == RecordKind.JOB) {
            Duration lease = kernel.settings().jobLease().multipliedBy(2);
            return record.dueAt()
                    .filter(due -> due.isBefore(kernel.now().plus(lease)))
                    .isPresent();
        }
        return record.kind() == RecordKind.CONNECTION
                && payload.path("token").path("intent").isObject();
    }

    @Override
    public Map<String, Long> records() {
        Map<String, Long> counts = new TreeMap<>();
        SealedFields fields = new SealedFields(kernel.vault());
        for (RecordKind of : COUNTED) {
            StoredRecord last = null;
            List<StoredRecord> page;
            do {
                page = scan(of).scan(of, last, PAGE);
                for (StoredRecord record : page) {
                    fields.keys(read(record)).forEach(key -> counts.merge(key, 1L, Long::sum));
                    last = record;
                }
            } while (page.size() == PAGE);
        }
        return counts;
    }
}
