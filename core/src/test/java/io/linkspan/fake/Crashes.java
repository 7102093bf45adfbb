package io.linkspan.fake;

import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a process before or after its n-th write or send. From then on nothing the process tries has any effect, as after
 * {@code kill -9}.
 */
public final class Crashes {
    private final int point;
    private int passed;
    private boolean dead;

    /**
     * Crash points are numbered 2n (before the n-th write or send) and 2n + 1 (after it).
     *
     * @param point the crash point; negative for none
     */
    public Crashes(int point) {
        this.point = point;
    }

    /** The process is gone. */
    public static final class Crash extends VirtualMachineError {
        private static final long serialVersionUID = 1L;
    }

    /** Writes and sends so far. */
    public int passed() {
        return passed;
    }

    private <T> T through(Supplier<T> effect) {
        if (dead) {
            throw new Crash();
        }
        int n = passed++;
        if (point == 2 * n) {
            dead = true;
            throw new Crash();
        }
        T result = effect.get();
        if (point == 2 * n + 1) {
            dead = true;
            throw new Crash();
        }
        return result;
    }

    private <T> T read(Supplier<T> effect) {
        if (dead) {
            throw new Crash();
        }
        return effect.get();
    }

    /** A transport that crashes. */
    public HttpTransport over(HttpTransport inner) {
        return new HttpTransport() {
            @Override
            public HttpResult exchange(HttpCall call) {
                return through(() -> inner.exchange(call));
            }
        };
    }

    /** A job store that crashes. */
    public JobStore over(JobStore inner) {
        return new Jobs(inner);
    }

    /** A token store that crashes. */
    public TokenStore over(TokenStore inner) {
        return new Tokens(inner);
    }

    private final class Jobs implements JobStore, RecordScan {
        private final JobStore inner;

        Jobs(JobStore inner) {
            this.inner = inner;
        }

        @Override
        public List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit) {
            return read(() -> ((RecordScan) inner).scan(kind, after, limit));
        }

        @Override
        public boolean insert(StoredRecord record) {
            return through(() -> inner.insert(record));
        }

        @Override
        public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
            return read(() -> inner.find(tenant, kind, id));
        }

        @Override
        public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
            return read(() -> inner.findByKey(tenant, kind, uniqueKey));
        }

        @Override
        public boolean replace(StoredRecord next) {
            return through(() -> inner.replace(next));
        }

        @Override
        public boolean delete(StoredRecord record) {
            return through(() -> inner.delete(record));
        }

        @Override
        public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
            return read(() -> inner.due(kind, now, limit));
        }

        @Override
        public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
            return read(() -> inner.byLookup(kind, lookup, limit));
        }

        @Override
        public List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
            return read(() -> inner.page(tenant, kind, user, afterId, limit));
        }

        @Override
        public List<StoredRecord> attention(
                TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
            return read(() -> inner.attention(tenant, kind, afterAt, afterId, now, limit));
        }
    }

    private final class Tokens implements TokenStore, RecordScan {
        private final TokenStore inner;

        Tokens(TokenStore inner) {
            this.inner = inner;
        }

        @Override
        public List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit) {
            return read(() -> ((RecordScan) inner).scan(kind, after, limit));
        }

        @Override
        public boolean insert(StoredRecord record) {
            return through(() -> inner.insert(record));
        }

        @Override
        public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
            return read(() -> inner.find(tenant, kind, id));
        }

        @Override
        public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
            return read(() -> inner.findByKey(tenant, kind, uniqueKey));
        }

        @Override
        public boolean replace(StoredRecord next) {
            return through(() -> inner.replace(next));
        }

        @Override
        public boolean delete(StoredRecord record) {
            return through(() -> inner.delete(record));
        }

        @Override
        public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
            return read(() -> inner.due(kind, now, limit));
        }

        @Override
        public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
            return read(() -> inner.byLookup(kind, lookup, limit));
        }

        @Override
        public List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
            return read(() -> inner.page(tenant, kind, user, afterId, limit));
        }

        @Override
        public List<StoredRecord> attention(
                TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
            return read(() -> inner.attention(tenant, kind, afterAt, afterId, now, limit));
        }

        @Override
        public boolean appendHistory(HistoryRecord entry) {
            return through(() -> inner.appendHistory(entry));
        }

        @Override
        public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
            return read(() -> inner.history(tenant, subject, afterSequence, limit));
        }
    }
}
