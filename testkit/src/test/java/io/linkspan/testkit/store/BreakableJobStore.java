package io.linkspan.testkit.store;

import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.CountingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@link BreakableStore} that hands out work, correctly unless a part is broken. */
class BreakableJobStore extends BreakableStore implements JobStore, ClaimingStore, CountingStore {
    private static final Comparator<StoredRecord> EARLIEST =
            Comparator.comparing(record -> record.dueAt().orElseThrow());

    /** How often each tenant was served: who had least comes first. */
    final Map<String, Integer> served = new HashMap<>();

    @Override
    public synchronized List<StoredRecord> claim(RecordKind kind, Duration lease, int limit) {
        List<StoredRecord> claimed = new ArrayList<>();
        for (StoredRecord record :
                choose(dueRecords(kind, now()).sorted(EARLIEST).toList(), limit)) {
            StoredRecord held = held(record, leaseClock().plus(lease));
            swap(record, held);
            claimed.add(held);
        }
        return claimed;
    }

    Instant leaseClock() {
        return now();
    }

    StoredRecord held(StoredRecord record, Instant until) {
        return record.next().dueAt(until).build();
    }

    /** One of each tenant in turn, and of a tenant one of each lookup value. */
    List<StoredRecord> choose(List<StoredRecord> due, int limit) {
        List<StoredRecord> waiting = new ArrayList<>(due);
        waiting.sort(EARLIEST.thenComparing(StoredRecord::id));
        List<StoredRecord> chosen = new ArrayList<>();
        while (chosen.size() < limit && !waiting.isEmpty()) {
            StoredRecord next = waiting.stream()
                    .min(Comparator.comparingInt((StoredRecord record) -> taken(chosen, record))
                            .thenComparingInt(this::turns)
                            .thenComparingLong(record -> ofLookup(chosen, record))
                            .thenComparingInt(record -> served.getOrDefault(lane(record), 0)))
                    .orElseThrow();
            waiting.remove(next);
            chosen.add(next);
        }
        chosen.forEach(record -> served.merge(record.tenant().value(), 1, Integer::sum));
        chosen.forEach(record -> served.merge(lane(record), 1, Integer::sum));
        return chosen.stream().sorted(EARLIEST).toList();
    }

    private static String lane(StoredRecord record) {
        return record.tenant() + " " + record.lookup();
    }

    private static long ofLookup(List<StoredRecord> chosen, StoredRecord like) {
        return chosen.stream().filter(record -> lane(record).equals(lane(like))).count();
    }

    int turns(StoredRecord record) {
        return served.getOrDefault(record.tenant().value(), 0);
    }

    static int taken(List<StoredRecord> chosen, StoredRecord like) {
        return (int) chosen.stream()
                .filter(record -> record.tenant().equals(like.tenant()))
                .count();
    }

    @Override
    public synchronized List<Boolean> replaceAll(List<StoredRecord> next) {
        List<StoredRecord> before = List.copyOf(records);
        try {
            return next.stream().map(this::replace).toList();
        } catch (RuntimeException e) {
            records.clear();
            records.addAll(before);
            throw e;
        }
    }

    @Override
    public synchronized List<OpenWork> open(RecordKind kind, Instant now) {
        List<StoredRecord> open = counted(kind).toList();
        return open.stream()
                .map(StoredRecord::status)
                .distinct()
                .map(status -> {
                    List<Instant> all = open.stream()
                            .filter(record -> record.status().equals(status))
                            .flatMap(record -> record.dueAt().stream())
                            .toList();
                    List<Instant> due =
                            all.stream().filter(at -> !at.isAfter(now)).toList();
                    return new OpenWork(
                            status, all.size(), due.size(), due.stream().min(Comparator.naturalOrder()));
                })
                .toList();
    }

    Stream<StoredRecord> counted(RecordKind kind) {
        return records.stream()
                .filter(record -> record.kind() == kind && record.dueAt().isPresent());
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
