package io.linkspan.testkit.store;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.HistoryRetention;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A plain, slow and correct store whose parts can be broken one by one. */
class BreakableStore implements TokenStore, RecordScan, HistoryRetention {
    final List<StoredRecord> records = new CopyOnWriteArrayList<>();
    final List<HistoryRecord> lines = new CopyOnWriteArrayList<>();

    @Override
    public synchronized boolean insert(StoredRecord record) {
        if (byId(record) != null || keyIsTaken(record)) {
            return false;
        }
        return records.add(record);
    }

    @Override
    public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        return one(record -> record.tenant().equals(tenant)
                && record.kind() == kind
                && record.id().equals(id));
    }

    @Override
    public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        return one(record -> record.tenant().equals(tenant)
                && record.kind() == kind
                && record.uniqueKey().equals(Optional.of(uniqueKey)));
    }

    @Override
    public synchronized boolean replace(StoredRecord next) {
        StoredRecord stored = byId(next);
        if (stored == null || stored.version() != next.version() - 1) {
            return false;
        }
        if (keyIsTaken(next)) {
            throw new StoreException("unique key is taken", null);
        }
        swap(stored, next);
        return true;
    }

    @Override
    public synchronized boolean delete(StoredRecord record) {
        StoredRecord stored = byId(record);
        return stored != null && stored.version() == record.version() && records.remove(stored);
    }

    @Override
    public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        return dueRecords(kind, now)
                .sorted(Comparator.comparing(record -> record.dueAt().orElseThrow()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        return records.stream()
                .filter(record -> record.kind() == kind && record.lookup().equals(Optional.of(lookup)))
                .sorted(Comparator.comparing(
                                (StoredRecord record) -> record.tenant().value())
                        .thenComparing(StoredRecord::id))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        return records.stream()
                .filter(record ->
                        inPage(record, tenant, kind, user) && record.id().compareTo(afterId) > 0)
                .sorted(Comparator.comparing(StoredRecord::id))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        return records.stream()
                .filter(record -> wantsAttention(record, tenant, kind))
                .filter(record -> behind(record, afterAt, afterId)
                        && !record.attentionAt().orElseThrow().isAfter(now))
                .sorted(Comparator.comparing(
                                (StoredRecord record) -> record.attentionAt().orElseThrow())
                        .thenComparing(StoredRecord::id))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredRecord> scan(RecordKind kind, StoredRecord after, int limit) {
        Comparator<StoredRecord> order = Comparator.comparing(
                        (StoredRecord record) -> record.tenant().value())
                .thenComparing(StoredRecord::id);
        return records.stream()
                .filter(record -> record.kind() == kind && (after == null || order.compare(record, after) > 0))
                .sorted(order)
                .limit(limit)
                .toList();
    }

    boolean behind(StoredRecord record, Instant afterAt, String afterId) {
        Instant at = record.attentionAt().orElseThrow();
        return at.isAfter(afterAt) || (at.equals(afterAt) && record.id().compareTo(afterId) > 0);
    }

    boolean wantsAttention(StoredRecord record, TenantId tenant, RecordKind kind) {
        return record.tenant().equals(tenant)
                && record.kind() == kind
                && record.attentionAt().isPresent();
    }

    @Override
    public synchronized boolean appendHistory(HistoryRecord entry) {
        if (lines.stream()
                .anyMatch(line ->
                        sameSubject(line, entry.tenant(), entry.subject()) && line.sequence() == entry.sequence())) {
            return false;
        }
        return lines.add(entry);
    }

    @Override
    public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
        return linesOf(tenant, subject, afterSequence)
                .sorted(Comparator.comparingLong(HistoryRecord::sequence))
                .limit(limit)
                .toList();
    }

    @Override
    public int removeHistory(TenantId tenant, String subject, Instant before) {
        int stored = lines.size();
        lines.removeIf(line -> sameSubject(line, tenant, subject) && line.at().isBefore(before));
        return stored - lines.size();
    }

    final Stream<HistoryRecord> linesOf(TenantId tenant, String subject, long afterSequence) {
        return lines.stream().filter(line -> sameSubject(line, tenant, subject) && line.sequence() > afterSequence);
    }

    final Stream<StoredRecord> dueRecords(RecordKind kind, Instant now) {
        return records.stream()
                .filter(record -> record.kind() == kind
                        && record.dueAt().isPresent()
                        && !record.dueAt().orElseThrow().isAfter(now));
    }

    final StoredRecord byId(StoredRecord like) {
        return one(record -> sameId(record, like)).orElse(null);
    }

    final boolean keyIsTaken(StoredRecord newcomer) {
        return newcomer.uniqueKey().isPresent()
                && records.stream()
                        .anyMatch(record -> !sameId(record, newcomer)
                                && record.tenant().equals(newcomer.tenant())
                                && record.kind() == newcomer.kind()
                                && record.uniqueKey().equals(newcomer.uniqueKey()));
    }

    final void swap(StoredRecord stored, StoredRecord next) {
        for (int i = 0; i < records.size(); i++) {
            if (sameId(records.get(i), stored)) {
                records.set(i, next);
                return;
            }
        }
    }

    final Optional<StoredRecord> one(Predicate<StoredRecord> filter) {
        return records.stream().filter(filter).findFirst();
    }

    boolean inPage(StoredRecord record, TenantId tenant, RecordKind kind, String user) {
        return record.tenant().equals(tenant)
                && record.kind() == kind
                && record.user().equals(user);
    }

    private static boolean sameId(StoredRecord one, StoredRecord other) {
        return one.tenant().equals(other.tenant())
                && one.kind() == other.kind()
                && one.id().equals(other.id());
    }

    static boolean sameSubject(HistoryRecord line, TenantId tenant, String subject) {
        return line.tenant().equals(tenant) && line.subject().equals(subject);
    }

    static <T> List<T> reversed(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        java.util.Collections.reverse(copy);
        return copy;
    }
}
