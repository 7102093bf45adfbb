package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.CountingStore;
import io.linkspan.spi.CountingStore.OpenWork;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.HistoryRetention;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every call of both stores once, with the values that a setting of a database may spoil: look-alike ids, empty text, absent keys, quotes,
 * backslashes, several scripts. The contract kits say more and take longer.
 */
final class EveryCall {
    private static final TenantId TENANT = new TenantId("a");
    private static final TenantId OTHER = new TenantId("b");
    private static final Instant NOON = TestRecords.NOON;
    private static final List<String> IDS = List.of(
            "Ab",
            "ab",
            "ab ",
            "\u00e4b",
            "a\u0308b",
            "\u65e5\ud83d\ude80",
            "it's",
            "\"q\"",
            "back\\slash",
            "%_",
            "$1?");

    private EveryCall() {}

    /** Tries empty stores. */
    static void works(JdbcStores stores) {
        writes(stores.jobs());
        reads(stores.jobs());
        claims(stores.jobs());
        history(stores.tokens());
    }

    private static StoredRecord.Builder record(TenantId tenant, String id) {
        return StoredRecord.builder(tenant, RecordKind.JOB, id);
    }

    private static void writes(JobStore jobs) {
        for (String id : IDS) {
            StoredRecord record =
                    record(TENANT, id).payload(new byte[] {0, 39, 92, -1}).build();
            assertTrue(jobs.insert(record), id);
            assertEquals(Optional.of(record), jobs.find(TENANT, RecordKind.JOB, id), id);
        }
        StoredRecord full = record(OTHER, "full")
                .user("u")
                .uniqueKey("key'\\")
                .lookup("lookup")
                .status("S")
                .dueAt(NOON)
                .attentionAt(NOON.plusMillis(1))
                .payload(new byte[200_000])
                .build();
        assertTrue(jobs.insert(full));
        assertFalse(jobs.insert(full), "a taken id");
        assertFalse(jobs.insert(record(OTHER, "second").uniqueKey("key'\\").build()), "a taken key");
        StoredRecord bare = full.next()
                .user("")
                .uniqueKey(null)
                .lookup(null)
                .status("")
                .dueAt(null)
                .attentionAt(null)
                .payload(new byte[0])
                .build();
        assertTrue(jobs.replace(bare));
        assertFalse(jobs.replace(bare), "a stale version");
        assertEquals(Optional.of(bare), jobs.find(OTHER, RecordKind.JOB, "full"));
        assertFalse(jobs.delete(full), "a stale version");
        assertTrue(jobs.delete(bare));
    }

    private static void reads(JobStore jobs) {
        StoredRecord first = record(TENANT, "r1")
                .uniqueKey("k1")
                .lookup("l")
                .user("u")
                .dueAt(NOON)
                .attentionAt(NOON)
                .build();
        StoredRecord second =
                record(OTHER, "r2").lookup("l").dueAt(NOON.minusMillis(1)).build();
        assertTrue(jobs.insert(first));
        assertTrue(jobs.insert(second));
        assertEquals(Optional.of(first), jobs.findByKey(TENANT, RecordKind.JOB, "k1"));
        assertEquals(Optional.empty(), jobs.findByKey(TENANT, RecordKind.JOB, "K1"));
        assertEquals(List.of(second, first), jobs.due(RecordKind.JOB, NOON, 10));
        assertEquals(List.of(first, second), jobs.byLookup(RecordKind.JOB, "l", 10));
        assertEquals(List.of(first), jobs.page(TENANT, RecordKind.JOB, "u", "", 10));
        assertEquals(List.of(first), jobs.attention(TENANT, RecordKind.JOB, Instant.EPOCH, "", NOON, 10));
        assertEquals(
                IDS.size() + 2,
                ((RecordScan) jobs).scan(RecordKind.JOB, null, 100).size());
        assertEquals(
                List.of(second),
                ((RecordScan) jobs)
                        .scan(RecordKind.JOB, first, 100).stream()
                                .filter(record -> record.tenant().equals(OTHER))
                                .toList());
        assertEquals(
                Set.of(new OpenWork("", 2, 1, Optional.of(NOON.minusMillis(1)))),
                Set.copyOf(((CountingStore) jobs).open(RecordKind.JOB, NOON.minusMillis(1))));
        assertTrue(jobs.delete(first));
        assertTrue(jobs.delete(second));
    }

    private static void claims(JobStore jobs) {
        ClaimingStore claiming = (ClaimingStore) jobs;
        for (int i = 0; i < 6; i++) {
            TenantId tenant = i < 4 ? TENANT : OTHER;
            assertTrue(jobs.insert(record(tenant, "c" + i)
                    .status("S" + i)
                    .dueAt(NOON.plusMillis(i))
                    .build()));
        }
        List<StoredRecord> claimed = claiming.claim(RecordKind.JOB, Duration.ofHours(1), 4);
        assertEquals(
                List.of("c0", "c1", "c4", "c5"),
                claimed.stream().map(StoredRecord::id).toList(),
                "two of each tenant");
        assertFalse(claiming.now().isBefore(Instant.parse("2026-01-01T00:00:00Z")));
        List<StoredRecord> next = claimed.stream()
                .map(record -> record.next()
                        .dueAt(record.id().equals("c0") ? null : NOON)
                        .uniqueKey(record.id().equals("c1") ? "NULL" : null)
                        .payload(new byte[] {1})
                        .build())
                .toList();
        assertEquals(List.of(true, true, true, true), claiming.replaceAll(next));
        assertEquals(List.of(false, false, false, false), claiming.replaceAll(next), "stale versions");
        for (StoredRecord record : next) {
            assertEquals(Optional.of(record), jobs.find(record.tenant(), record.kind(), record.id()));
        }
    }

    private static void history(TokenStore tokens) {
        HistoryRecord first = new HistoryRecord(TENANT, "subject", 1, NOON, "{\"it's\":\"\\\\ \u65e5\"}");
        HistoryRecord second = new HistoryRecord(TENANT, "subject", 2, NOON.plusMillis(1), "{}");
        assertTrue(tokens.appendHistory(first));
        assertTrue(tokens.appendHistory(second));
        assertFalse(tokens.appendHistory(first), "a taken sequence");
        assertEquals(List.of(first, second), tokens.history(TENANT, "subject", 0, 10));
        assertEquals(List.of(), tokens.history(TENANT, "Subject", 0, 10));
        assertEquals(1, ((HistoryRetention) tokens).removeHistory(TENANT, "subject", NOON.plusMillis(1)));
    }
}
