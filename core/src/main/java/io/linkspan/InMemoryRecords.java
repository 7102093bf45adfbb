package io.linkspan;

import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Records in maps: one by id, and one index per other way to find them. One lock guards all. */
abstract class InMemoryRecords implements RecordStore, RecordScan {
    private static final int MOST = 1_000;
    private static final Comparator<StoredRecord> BY_TENANT_AND_ID = Comparator.comparing(
                    (StoredRecord record) -> record.tenant().value())
            .thenComparing(StoredRecord::id);
    private static final Comparator<StoredRecord> BY_DUE =
            Comparator.comparing((StoredRecord record) -> due(record)).thenComparing(BY_TENANT_AND_ID);

    private static final Comparator<StoredRecord> BY_ATTENTION =
            Comparator.comparing((StoredRecord record) -> attention(record)).thenComparing(StoredRecord::id);

    private record Id(TenantId tenant, RecordKind kind, String id) {
        static Id of(StoredRecord record) {
            return new Id(record.tenant(), record.kind(), record.id());
        }
    }

    private record Key(TenantId tenant, RecordKind kind, String key) {}

    private record Group(TenantId tenant, RecordKind kind) {
        static Group of(StoredRecord record) {
            return new Group(record.tenant(), record.kind());
        }
    }

    private record Lookup(RecordKind kind, String lookup) {}

    /** All records of a tenant with the same lookup value, or with none. */
    record Lane(RecordKind kind, String tenant, String name) {
        static Lane of(StoredRecord record) {
            return new Lane(
                    record.kind(), record.tenant().value(), record.lookup().orElse(""));
        }

        Lane ofTenant() {
            return new Lane(kind, tenant, "");
        }
    }

    private record User(TenantId tenant, RecordKind kind, String user) {
        static User of(StoredRecord record) {
            return new User(record.tenant(), record.kind(), record.user());
        }
    }

    private final Map<Id, StoredRecord> byId = new HashMap<>();
    private final Map<Key, StoredRecord> byKey = new HashMap<>();
    private final Map<RecordKind, NavigableSet<StoredRecord>> byDue = new HashMap<>();
    private final Map<RecordKind, NavigableMap<String, NavigableSet<StoredRecord>>> byTenantDue = new HashMap<>();
    private final Map<Lane, NavigableMap<String, NavigableSet<StoredRecord>>> byLaneDue = new HashMap<>();
    private final Map<Lookup, NavigableSet<StoredRecord>> byLookup = new HashMap<>();
    private final Map<Group, NavigableSet<StoredRecord>> byAttention = new HashMap<>();
    private final Map<User, TreeMap<String, StoredRecord>> byUser = new HashMap<>();

    @Override
    public final synchronized boolean insert(StoredRecord record) {
        Objects.requireNonNull(record, "record");
        if (record.version() != 1) {
            throw new IllegalArgumentException("a new record has version 1, had " + record.version());
        }
        Columns.check(record);
        if (byId.containsKey(Id.of(record)) || holderOfKey(record) != null) {
            return false;
        }
        add(record);
        return true;
    }

    @Override
    public final synchronized Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        return Optional.ofNullable(byId.get(new Id(tenant, kind, id)));
    }

    @Override
    public final synchronized Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(uniqueKey, "uniqueKey");
        return Optional.ofNullable(byKey.get(new Key(tenant, kind, uniqueKey)));
    }

    @Override
    public final synchronized boolean replace(StoredRecord next) {
        Objects.requireNonNull(next, "next");
        Columns.check(next);
        StoredRecord stored = byId.get(Id.of(next));
        if (stored == null || stored.version() != next.version() - 1) {
            return false;
        }
        StoredRecord holder = holderOfKey(next);
        if (holder != null && !holder.id().equals(next.id())) {
            throw new StoreException(
                    "replace of " + next.kind() + " " + next.id() + ": its unique key is taken by " + holder.id()
                            + "; find that record by its key first",
                    null);
        }
        swap(stored, next);
        return true;
    }

    @Override
    public final synchronized boolean delete(StoredRecord record) {
        Objects.requireNonNull(record, "record");
        StoredRecord stored = byId.get(Id.of(record));
        if (stored == null || stored.version() != record.version()) {
            return false;
        }
        remove(stored);
        return true;
    }

    @Override
    public final synchronized List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(now, "now");
        return first(byDue.get(kind), limit).stream()
                .takeWhile(record -> !due(record).isAfter(now))
                .toList();
    }

    @Override
    public final synchronized List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(lookup, "lookup");
        return first(byLookup.get(new Lookup(kind, lookup)), limit);
    }

    @Override
    public final synchronized List<StoredRecord> page(
            TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(afterId, "afterId");
        TreeMap<String, StoredRecord> records = byUser.get(new User(tenant, kind, user));
        return first(records == null ? null : records.tailMap(afterId, false).values(), limit);
    }

    @Override
    public final synchronized List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        StoredRecord after =
                StoredRecord.builder(tenant, kind, afterId).attentionAt(afterAt).build();
        Objects.requireNonNull(now, "now");
        NavigableSet<StoredRecord> records = byAttention.get(Group.of(after));
        return first(records == null ? null : records.tailSet(after, false), limit).stream()
                .takeWhile(record -> !attention(record).isAfter(now))
                .toList();
    }

    @Override
    public final synchronized List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit) {
        Objects.requireNonNull(kind, "kind");
        requireLimit(limit);
        return byId.values().stream()
                .filter(record -> record.kind() == kind)
                .filter(record -> after == null || BY_TENANT_AND_ID.compare(record, after) > 0)
                .sorted(BY_TENANT_AND_ID)
                .limit(limit)
                .toList();
    }

    /** What is due or will be, by tenant and then by due time. */
    final NavigableMap<String, NavigableSet<StoredRecord>> tenantsDue(RecordKind kind) {
        return byTenantDue.computeIfAbsent(kind, it -> new TreeMap<>());
    }

    /** What is due or will be of a tenant, by lane and then by due time. */
    final NavigableMap<String, NavigableSet<StoredRecord>> lanesDue(RecordKind kind, String tenant) {
        return byLaneDue.computeIfAbsent(new Lane(kind, tenant, ""), it -> new TreeMap<>());
    }

    private NavigableMap<String, NavigableSet<StoredRecord>> lanesDue(StoredRecord record) {
        return lanesDue(record.kind(), record.tenant().value());
    }

    /** Puts one version in the place of another, unasked. */
    final void swap(StoredRecord stored, StoredRecord next) {
        remove(stored);
        add(next);
    }

    static void requireLimit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to 1,000, was " + limit);
        }
    }

    private static List<StoredRecord> first(@Nullable Collection<StoredRecord> records, int limit) {
        requireLimit(limit);
        return records == null ? List.of() : records.stream().limit(limit).toList();
    }

    private @Nullable StoredRecord holderOfKey(StoredRecord record) {
        return record.uniqueKey()
                .map(key -> byKey.get(new Key(record.tenant(), record.kind(), key)))
                .orElse(null);
    }

    private void add(StoredRecord record) {
        byId.put(Id.of(record), record);
        record.uniqueKey().ifPresent(key -> byKey.put(new Key(record.tenant(), record.kind(), key), record));
        record.dueAt().ifPresent(due -> {
            byDue.computeIfAbsent(record.kind(), kind -> new TreeSet<>(BY_DUE)).add(record);
            tenantsDue(record.kind())
                    .computeIfAbsent(record.tenant().value(), tenant -> new TreeSet<>(BY_DUE))
                    .add(record);
            lanesDue(record)
                    .computeIfAbsent(Lane.of(record).name(), lane -> new TreeSet<>(BY_DUE))
                    .add(record);
        });
        record.attentionAt()
                .ifPresent(at -> byAttention
                        .computeIfAbsent(Group.of(record), group -> new TreeSet<>(BY_ATTENTION))
                        .add(record));
        record.lookup()
                .ifPresent(lookup -> byLookup.computeIfAbsent(
                                new Lookup(record.kind(), lookup), value -> new TreeSet<>(BY_TENANT_AND_ID))
                        .add(record));
        byUser.computeIfAbsent(User.of(record), user -> new TreeMap<>()).put(record.id(), record);
    }

    private void remove(StoredRecord record) {
        byId.remove(Id.of(record));
        record.uniqueKey().ifPresent(key -> byKey.remove(new Key(record.tenant(), record.kind(), key)));
        record.dueAt().ifPresent(due -> {
            removeFrom(byDue, record.kind(), record);
            removeFrom(tenantsDue(record.kind()), record.tenant().value(), record);
            removeFrom(lanesDue(record), Lane.of(record).name(), record);
            if (lanesDue(record).isEmpty()) {
                byLaneDue.remove(Lane.of(record).ofTenant());
            }
        });
        record.attentionAt().ifPresent(at -> removeFrom(byAttention, Group.of(record), record));
        record.lookup().ifPresent(lookup -> removeFrom(byLookup, new Lookup(record.kind(), lookup), record));
        User user = User.of(record);
        TreeMap<String, StoredRecord> records = byUser.get(user);
        if (records != null) {
            records.remove(record.id());
            if (records.isEmpty()) {
                byUser.remove(user);
            }
        }
    }

    private static <K> void removeFrom(Map<K, NavigableSet<StoredRecord>> index, K key, StoredRecord record) {
        NavigableSet<StoredRecord> records = index.get(key);
        if (records != null) {
            records.remove(record);
            if (records.isEmpty()) {
                index.remove(key);
            }
        }
    }

    private static Instant due(StoredRecord record) {
        return record.dueAt().orElse(Instant.MAX);
    }

    private static Instant attention(StoredRecord record) {
        return record.attentionAt().orElse(Instant.MAX);
    }

    /** The widths of a store's columns, so that what fits here also fits a database. */
    private static final class Columns {
        static void check(StoredRecord record) {
            width(record.id(), "id", 128);
            width(record.user(), "user", 128);
            width(record.status(), "status", 40);
            record.uniqueKey().ifPresent(key -> width(key, "unique key", 255));
            record.lookup().ifPresent(lookup -> width(lookup, "lookup", 128));
        }

        private static void width(String value, String column, int most) {
            if (value.length() > most) {
                throw new IllegalArgumentException(
                        column + " of a record has at most " + most + " characters, had " + value.length());
            }
        }
    }
}
