package io.linkspan.testkit.store;

import io.linkspan.spi.ClaimingStore;
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

/** {@link BreakableStore} that hands out work, correctly unless a part is broken. */
class BreakableJobStore extends BreakableStore implements JobStore, ClaimingStore {
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

    /** One of each tenant in turn. */
    List<StoredRecord> choose(List<StoredRecord> due, int limit) {
        List<StoredRecord> waiting = new ArrayList<>(due);
        List<StoredRecord> chosen = new ArrayList<>();
        while (chosen.size() < limit && !waiting.isEmpty()) {
            StoredRecord next = waiting.stream()
                    .min(Comparator.comparingInt((StoredRecord record) -> taken(chosen, record))
                            .thenComparingInt(this::turns))
                    .orElseThrow();
            waiting.remove(next);
            chosen.add(next);
        }
        chosen.forEach(record -> served.merge(record.tenant().value(), 1, Integer::sum));
        return chosen.stream().sorted(EARLIEST).toList();
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
    public Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
