package io.linkspan;

import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.CountingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link InMemoryRecords} that hand out work: to each tenant in turn, and of a tenant to each account in turn. */
final class InMemoryJobStore extends InMemoryRecords implements JobStore, ClaimingStore, CountingStore {
    private static final Comparator<StoredRecord> EARLIEST =
            Comparator.comparing(record -> record.dueAt().orElse(Instant.MAX));

    private final InstantSource clock;
    private final Map<RecordKind, String> lastTenant = new EnumMap<>(RecordKind.class);
    private final Map<Lane, String> lastLane = new HashMap<>();

    InMemoryJobStore(InstantSource clock) {
        this.clock = clock;
    }

    private record Change(StoredRecord before, StoredRecord after) {}

    @Override
    public synchronized List<StoredRecord> claim(RecordKind kind, Duration lease, int limit) {
        requireLimit(limit);
        if (lease.toMillis() < 1) {
            throw new IllegalArgumentException("lease must be 1 millisecond or more, was " + lease);
        }
        Instant now = now();
        List<StoredRecord> claimed = new ArrayList<>();
        for (StoredRecord record : inTurn(kind, now, limit)) {
            StoredRecord held = record.next().dueAt(now.plus(lease)).build();
            swap(record, held);
            claimed.add(held);
        }
        return List.copyOf(claimed);
    }

    /** Round by round: one of each tenant, then the second of each, until there are enough; each tenant's lanes in turn. */
    private List<StoredRecord> inTurn(RecordKind kind, Instant now, int limit) {
        List<Iterator<StoredRecord>> tenants = turns(kind, now)
                .map(tenant -> lanesInTurn(kind, tenant, now, limit).iterator())
                .toList();
        List<StoredRecord> chosen = rounds(tenants, limit);
        if (!chosen.isEmpty()) {
            lastTenant.put(kind, chosen.get(chosen.size() - 1).tenant().value());
        }
        chosen.forEach(record ->
                lastLane.put(Lane.of(record).ofTenant(), Lane.of(record).name()));
        chosen.sort(EARLIEST);
        return chosen;
    }

    private static List<StoredRecord> rounds(List<Iterator<StoredRecord>> parts, int limit) {
        List<StoredRecord> chosen = new ArrayList<>();
        int before = -1;
        while (chosen.size() < limit && chosen.size() > before) {
            before = chosen.size();
            for (Iterator<StoredRecord> part : parts) {
                if (chosen.size() < limit && part.hasNext()) {
                    chosen.add(part.next());
                }
            }
        }
        return chosen;
    }

    /** The due records of a tenant: the earliest of each lane from the one behind the last one served, then the second of each. */
    private List<StoredRecord> lanesInTurn(RecordKind kind, String tenant, Instant now, int limit) {
        NavigableMap<String, NavigableSet<StoredRecord>> lanes = lanesDue(kind, tenant);
        String last = lastLane.getOrDefault(new Lane(kind, tenant, ""), "");
        List<Iterator<StoredRecord>> due = behind(lanes, last)
                .filter(records -> isDue(records.first(), now))
                .limit(limit)
                .map(records -> records.stream()
                        .takeWhile(record -> isDue(record, now))
                        .limit(limit)
                        .toList()
                        .iterator())
                .toList();
        return rounds(due, limit);
    }

    /** The tenants with due work, from the one behind the last one served. */
    private Stream<String> turns(RecordKind kind, Instant now) {
        NavigableMap<String, NavigableSet<StoredRecord>> tenants = tenantsDue(kind);
        return behind(tenants, lastTenant.getOrDefault(kind, ""))
                .filter(records -> isDue(records.first(), now))
                .map(records -> records.first().tenant().value());
    }

    private static Stream<NavigableSet<StoredRecord>> behind(
            NavigableMap<String, NavigableSet<StoredRecord>> parts, String last) {
        return Stream.concat(parts.tailMap(last, false).values().stream(), parts.headMap(last, true).values().stream());
    }

    private static boolean isDue(StoredRecord record, Instant now) {
        return !record.dueAt().orElse(Instant.MAX).isAfter(now);
    }

    @Override
    public synchronized List<Boolean> replaceAll(List<StoredRecord> next) {
        Deque<Change> done = new ArrayDeque<>();
        List<Boolean> replaced = new ArrayList<>();
        try {
            for (StoredRecord record : next) {
                StoredRecord before =
                        find(record.tenant(), record.kind(), record.id()).orElse(null);
                boolean won = replace(record);
                replaced.add(won);
                if (won && before != null) {
                    done.push(new Change(before, record));
                }
            }
            return List.copyOf(replaced);
        } catch (StoreException | IllegalArgumentException e) {
            done.forEach(change -> swap(change.after(), change.before()));
            throw e;
        }
    }

    @Override
    public synchronized List<OpenWork> open(RecordKind kind, Instant now) {
        Map<String, List<Instant>> byStatus = tenantsDue(kind).values().stream()
                .flatMap(Collection::stream)
                .collect(Collectors.groupingBy(
                        StoredRecord::status,
                        Collectors.mapping(record -> record.dueAt().orElseThrow(), Collectors.toList())));
        return byStatus.entrySet().stream()
                .map(entry -> counted(entry.getKey(), entry.getValue(), now))
                .toList();
    }

    private static OpenWork counted(String status, List<Instant> dueTimes, Instant now) {
        List<Instant> due = dueTimes.stream().filter(at -> !at.isAfter(now)).toList();
        return new OpenWork(status, dueTimes.size(), due.size(), due.stream().min(Comparator.naturalOrder()));
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
