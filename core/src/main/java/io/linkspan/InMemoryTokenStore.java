package io.linkspan;

import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.HistoryRetention;
import io.linkspan.spi.TokenStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** {@link InMemoryRecords} with history. */
final class InMemoryTokenStore extends InMemoryRecords implements TokenStore, HistoryRetention {
    private static final int LONGEST_TEXT = 8_192;

    private record Subject(TenantId tenant, String id) {}

    private final Map<Subject, TreeMap<Long, HistoryRecord>> history = new HashMap<>();

    @Override
    public synchronized boolean appendHistory(HistoryRecord entry) {
        Objects.requireNonNull(entry, "entry");
        if (entry.text().length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("text of a history line has at most " + LONGEST_TEXT
                    + " characters, had " + entry.text().length());
        }
        return history.computeIfAbsent(new Subject(entry.tenant(), entry.subject()), subject -> new TreeMap<>())
                        .putIfAbsent(entry.sequence(), entry)
                == null;
    }

    @Override
    public synchronized List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(subject, "subject");
        requireLimit(limit);
        TreeMap<Long, HistoryRecord> lines = history.get(new Subject(tenant, subject));
        return lines == null
                ? List.of()
                : lines.tailMap(afterSequence, false).values().stream()
                        .limit(limit)
                        .toList();
    }

    @Override
    public synchronized int removeHistory(TenantId tenant, String subject, Instant before) {
        TreeMap<Long, HistoryRecord> lines = history.getOrDefault(new Subject(tenant, subject), new TreeMap<>());
        int stored = lines.size();
        lines.values().removeIf(line -> line.at().isBefore(before));
        return stored - lines.size();
    }
}
