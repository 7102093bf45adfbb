package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** RS-6 to RS-9, and RX-1. */
abstract class ReadRules<S extends RecordStore> extends FindRules<S> {
    ReadRules() {}

    /** RS-6: due is what is at or before now, to the millisecond; records without a due time never are. */
    @Test
    @Rule(
            value =
                    "A record is due when its due time is at or before now, to the millisecond; one without a due time never is.",
            change =
                    "Compare with <= and not with <, leave out nulls, keep milliseconds, and accept moments that no column can hold such as Instant.MAX.")
    public void required_RS06_dueIsAtOrBeforeNow() {
        inserted(record("before").dueAt(NOON.minusMillis(1)));
        inserted(record("at").dueAt(NOON));
        inserted(record("after").dueAt(NOON.plusMillis(1)));
        inserted(record("never"));
        assertIds(List.of("before", "at"), store().due(kind(), NOON, 1_000), "due at noon");
        assertIds(
                List.of("before", "at"),
                store().due(kind(), NOON.plusNanos(999_999), 1_000),
                "due 999,999 nanoseconds after noon");
        assertIds(List.of(), store().due(kind(), Instant.EPOCH, 1_000), "due in 1970");
        assertIds(List.of("before", "at", "after"), store().due(kind(), Instant.MAX, 1_000), "due at Instant.MAX");
        assertIds(List.of(), store().due(kind(), Instant.MIN, 1_000), "due at Instant.MIN");
    }

    /** RS-6: the earliest comes first, whatever the order of arrival, and whole. */
    @Test
    @Rule(
            value = "Due records come earliest first, whatever the order they arrived in.",
            change = "Add ORDER BY due time to the query.")
    public void required_RS06_earliestComesFirst() {
        List<StoredRecord> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int place = (i * 17) % 50;
            TenantId tenant = place % 2 == 0 ? TENANT : OTHER_TENANT;
            expected.add(inserted(record(tenant, numbered("id", 50 - place)).dueAt(NOON.minusSeconds(50 - place))));
        }
        expected.sort(
                Comparator.comparing((StoredRecord record) -> record.dueAt().orElseThrow()));
        assertRecords(expected, store().due(kind(), NOON, 1_000), "due over two tenants");
    }

    /** RS-6: a limit gives the earliest ones. */
    @Test
    @Rule(
            value = "A limit keeps the earliest due records.",
            change = "Put the limit into the query, behind ORDER BY due time.")
    public void required_RS06_limitKeepsTheEarliest() {
        for (int i = 9; i >= 0; i--) {
            inserted(record(numbered("id", i)).dueAt(NOON.plusMillis(i)));
        }
        assertIds(List.of("id-00000"), store().due(kind(), NOON.plusSeconds(1), 1), "due with limit 1");
        assertIds(
                List.of("id-00000", "id-00001", "id-00002"),
                store().due(kind(), NOON.plusSeconds(1), 3),
                "due with limit 3");
    }

    /** RS-6: another kind's work is not mixed in. */
    @Test
    @Rule(
            value = "A query for due records returns one kind.",
            change = "Put kind and due time <= now into the WHERE of due.")
    public void required_RS06_kindsAreApart() {
        inserted(record("id").dueAt(NOON));
        inserted(StoredRecord.builder(TENANT, otherKind(), "other").dueAt(NOON.minusSeconds(1)));
        assertIds(List.of("id"), store().due(kind(), NOON, 10), "due beside an earlier record of another kind");
    }

    /** RS-6: a record that was put off, finished or deleted is no longer due; one that was brought forward is. */
    @Test
    @Rule(
            value = "A record that was put off, finished or deleted is no longer due; one that was brought forward is.",
            change = "Write the due time with every replace, null included, and ORDER BY it.")
    public void required_RS06_scanFollowsChanges() {
        replaced(inserted(record("off").dueAt(NOON)).next().dueAt(NOON.plusSeconds(60)));
        replaced(inserted(record("done").dueAt(NOON)).next().dueAt(null));
        deleted(inserted(record("gone").dueAt(NOON)));
        replaced(inserted(record("sooner").dueAt(NOON.plusSeconds(60))).next().dueAt(NOON));
        replaced(inserted(record("fresh")).next().dueAt(NOON.minusSeconds(1)));
        assertIds(List.of("fresh", "sooner"), store().due(kind(), NOON, 10), "due after the changes");
    }

    /** RS-6: scanning and finishing reaches every due record exactly once, also when many are due at one moment. */
    @Test
    @Rule(
            value =
                    "Reading what is due and finishing it reaches every due record exactly once, also when many share a moment.",
            change =
                    "Return every due record up to the limit; leave none out that was due, and return none that was finished.")
    public void required_RS06_everyDueRecordIsReached() {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 250; i++) {
            TenantId tenant = new TenantId("tenant-" + i % 7);
            StoredRecord record = inserted(record(tenant, numbered("id", i)).dueAt(NOON.minusSeconds(i % 5)));
            expected.add(record.tenant() + "/" + record.id());
        }
        List<String> reached = new ArrayList<>();
        List<StoredRecord> batch = store().due(kind(), NOON, 40);
        while (!batch.isEmpty() && reached.size() <= expected.size()) {
            for (StoredRecord record : batch) {
                reached.add(record.tenant() + "/" + record.id());
                replaced(record.next().dueAt(null));
            }
            batch = store().due(kind(), NOON, 40);
        }
        assertReached(expected, reached, "due, 40 at a time,");
    }

    /** RS-7: a lookup value finds its records of all tenants, by tenant and id, up to the limit. */
    @Test
    @Rule(
            value = "A lookup value finds its records of all tenants, by tenant and then by id, up to the limit.",
            change =
                    "Compare kind and lookup only, exactly and without a tenant, and add ORDER BY tenant, id and the limit.")
    public void required_RS07_lookupFindsAllTenants() {
        inserted(record(OTHER_TENANT, "b1").lookup("account"));
        inserted(record("a2").lookup("account"));
        inserted(record("a1").lookup("account"));
        inserted(record("a3").lookup("Account"));
        inserted(record("a4"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "a5").lookup("account"));
        assertIds(List.of("a1", "a2", "b1"), store().byLookup(kind(), "account", 1_000), "byLookup over two tenants");
        assertIds(List.of("a1", "a2"), store().byLookup(kind(), "account", 2), "byLookup with limit 2");
        assertIds(List.of(), store().byLookup(kind(), "missing", 10), "byLookup for a value that no record has");
    }

    /** RS-7: a changed or deleted record is no longer found by its old lookup value. */
    @Test
    @Rule(
            value = "A record is found by its present lookup value only.",
            change = "Write the lookup with every replace, null included, and remove it with the record.")
    public void required_RS07_lookupFollowsChanges() {
        StoredRecord moved =
                replaced(inserted(record("moved").lookup("old")).next().lookup("new"));
        replaced(inserted(record("cleared").lookup("old")).next().lookup(null));
        deleted(inserted(record("gone").lookup("old")));
        assertRecords(List.of(), store().byLookup(kind(), "old", 10), "byLookup for the value before the changes");
        assertRecords(List.of(moved), store().byLookup(kind(), "new", 10), "byLookup for the value after the change");
    }

    /** RX-1: a walk meets every record of the kind once, by tenant and id; for stores that can walk. */
    @Test
    @Rule(
            value = "A walk meets every record of the kind once, by tenant and then by id.",
            change = "Go on behind (tenant, id) as one pair, across tenants, and ORDER BY tenant, id.")
    public void optional_RX01_walkMeetsEveryRecordOnce() {
        Assumptions.assumeTrue(store() instanceof RecordScan, "skipped: the store is no RecordScan");
        StoredRecord c = inserted(record(OTHER_TENANT, "id-1"));
        StoredRecord b = inserted(record("id-2"));
        StoredRecord a = inserted(record("id-1"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "id-9").user("user-1"));
        List<StoredRecord> sorted = Stream.of(a, b, c)
                .sorted(Comparator.comparing(
                                (StoredRecord record) -> record.tenant().value())
                        .thenComparing(StoredRecord::id))
                .toList();
        RecordScan scan = (RecordScan) store();
        assertRecords(sorted, scan.scan(kind(), null, 1_000), "scan from the start");
        assertRecords(sorted.subList(0, 2), scan.scan(kind(), null, 2), "scan from the start with limit 2");
        assertRecords(sorted.subList(2, 3), scan.scan(kind(), sorted.get(1), 2), "scan behind the second record");
        assertRecords(List.of(), scan.scan(kind(), sorted.get(2), 2), "scan behind the last record");
    }

    /** RS-8: pages hold the records of one user of one tenant, by id. */
    @Test
    @Rule(
            value = "A page holds the records of one user of one tenant and kind, by id.",
            change =
                    "Put tenant, kind, user and id > afterId into the WHERE of page, and add ORDER BY id and the limit.")
    public void required_RS08_pageIsOneUsersRecords() {
        StoredRecord second = inserted(record("id-2"));
        StoredRecord first = inserted(record("id-1"));
        inserted(record("id-3").user("user-2"));
        inserted(record(OTHER_TENANT, "id-4"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "id-5").user("user-1"));
        assertRecords(List.of(first, second), store().page(TENANT, kind(), "user-1", "", 1_000), "page of one user");
        assertRecords(List.of(first), store().page(TENANT, kind(), "user-1", "", 1), "page with limit 1");
        assertRecords(List.of(second), store().page(TENANT, kind(), "user-1", "id-1", 10), "page behind id-1");
        assertRecords(List.of(), store().page(TENANT, kind(), "user-1", "id-2", 10), "page behind the last id");
        assertRecords(List.of(), store().page(TENANT, kind(), "user-9", "", 10), "page of a user without records");
    }

    /** RS-8: a page that starts behind any id misses none and repeats none, whatever characters ids have. */
    @Test
    @Rule(
            value = "Pages reach every record once, whatever characters ids have.",
            change = "Use one collation for ORDER BY id and for id > afterId, a binary one.")
    public void required_RS08_pagesReachEveryRecordOnce() {
        List<String> ids =
                List.of("A", "a", "B", "b", "0", "_", "-", "~", "Z9", "\u00e9", "\u65e5", "a-b", "ab", "a_b");
        ids.forEach(id -> inserted(record(id)));
        List<String> reached = new ArrayList<>();
        String after = "";
        for (int pages = 0; pages <= ids.size(); pages++) {
            List<String> page = ids(store().page(TENANT, kind(), "user-1", after, 3));
            if (page.isEmpty()) {
                break;
            }
            reached.addAll(page);
            after = page.get(page.size() - 1);
        }
        assertReached(new TreeSet<>(ids), reached, "page, 3 at a time,");
    }

    /** RS-9: attention is at or before now, earliest first, then by id, of one tenant and kind. */
    @Test
    @Rule(
            value =
                    "Attention returns the records of one tenant and kind whose attention time is at or before now, earliest first and then by id.",
            change =
                    "Put tenant and kind into the WHERE of attention, compare (attention time, id) with (afterAt, afterId) as one pair, and ORDER BY both.")
    public void required_RS09_attentionIsOneTenantsEarliestFirst() {
        StoredRecord second = inserted(record("b").attentionAt(NOON));
        StoredRecord third = inserted(record("c").attentionAt(NOON));
        StoredRecord first = inserted(record("z").attentionAt(NOON.minusMillis(1)));
        inserted(record("later").attentionAt(NOON.plusMillis(1)));
        inserted(record("never").dueAt(NOON));
        inserted(record("other-user").user("user-2").attentionAt(NOON.plusMillis(1)));
        inserted(record(OTHER_TENANT, "foreign").attentionAt(NOON));
        inserted(StoredRecord.builder(TENANT, otherKind(), "other-kind").attentionAt(NOON));
        assertRecords(
                List.of(first, second, third),
                store().attention(TENANT, kind(), Instant.EPOCH, "", NOON, 1_000),
                "attention at noon");
        assertRecords(
                List.of(first, second),
                store().attention(TENANT, kind(), Instant.EPOCH, "", NOON, 2),
                "attention with limit 2");
        assertRecords(
                List.of(third),
                store().attention(TENANT, kind(), NOON, "b", NOON, 10),
                "attention behind noon and id b");
        assertRecords(
                List.of(second, third),
                store().attention(TENANT, kind(), NOON.minusMillis(1), "z", NOON, 10),
                "attention behind 1 millisecond before noon and id z");
        assertRecords(
                List.of(), store().attention(TENANT, kind(), NOON, "c", NOON, 10), "attention behind the last record");
        assertRecords(
                List.of(),
                store().attention(TENANT, kind(), Instant.EPOCH, "", NOON.minusMillis(2), 10),
                "attention before the first record");
    }

    /** RS-9: a record that was put right, put off or deleted is no longer listed; one that got worse is. */
    @Test
    @Rule(
            value =
                    "A record that was put right, put off or deleted needs no attention any more; one that got worse does.",
            change = "Write the attention time with every replace, null included.")
    public void required_RS09_attentionFollowsChanges() {
        replaced(inserted(record("right").attentionAt(NOON)).next().attentionAt(null));
        replaced(inserted(record("off").attentionAt(NOON)).next().attentionAt(NOON.plusSeconds(60)));
        deleted(inserted(record("gone").attentionAt(NOON)));
        StoredRecord worse = replaced(inserted(record("worse")).next().attentionAt(NOON));
        StoredRecord kept =
                replaced(inserted(record("kept").attentionAt(NOON)).next().payload(bytes("kept")));
        assertRecords(
                List.of(kept, worse),
                store().attention(TENANT, kind(), Instant.EPOCH, "", NOON, 10),
                "attention after the changes");
    }

    /** RS-9: pages of any size reach every record once, also when many share a moment. */
    @Test
    @Rule(
            value = "Pages of any size reach every record once, also when many share a moment.",
            change = "Go on behind (afterAt, afterId) as one pair: later, or at the same moment with a greater id.")
    public void required_RS09_pagesReachEveryRecordOnce() {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            expected.add(inserted(record(numbered("id", i)).attentionAt(NOON.minusSeconds(i % 3)))
                    .id());
        }
        List<String> reached = new ArrayList<>();
        List<StoredRecord> page = store().attention(TENANT, kind(), Instant.EPOCH, "", NOON, 7);
        while (!page.isEmpty() && reached.size() <= expected.size()) {
            reached.addAll(ids(page));
            StoredRecord last = page.get(page.size() - 1);
            page = store().attention(TENANT, kind(), last.attentionAt().orElseThrow(), last.id(), NOON, 7);
        }
        assertReached(expected, reached, "attention, 7 at a time,");
    }

    private static void assertReached(Set<String> expected, List<String> reached, String query) {
        Set<String> missing = new TreeSet<>(expected);
        reached.forEach(missing::remove);
        assertTrue(missing.isEmpty(), () -> query + " should reach every record, but missed " + missing);
        assertEquals(expected.size(), reached.size(), () -> query + " should reach each record once: " + reached);
    }

    /** RS-8: every record is reached by pages while each is rewritten, as a change of keys does. */
    @Test
    @Rule(
            value = "Pages reach every record while each is rewritten, as a change of keys does.",
            change =
                    "Page by id and not by an offset or by the time of the last write, so that a rewrite moves no record.")
    public void required_RS08_manyRecordsAreRewritten() {
        int many = manyRecords();
        for (int i = 0; i < many; i++) {
            inserted(record(numbered("id", i)));
        }
        int rewritten = 0;
        String after = "";
        List<StoredRecord> page = store().page(TENANT, kind(), "user-1", after, 1_000);
        while (!page.isEmpty() && rewritten <= many) {
            for (StoredRecord record : page) {
                replaced(record.next().payload(bytes("rewritten " + record.id())));
            }
            rewritten += page.size();
            after = page.get(page.size() - 1).id();
            page = store().page(TENANT, kind(), "user-1", after, 1_000);
        }
        assertEquals(many, rewritten, "page, 1,000 at a time, should reach every record once while each is rewritten");
        for (int i = 0; i < many; i += Math.max(1, many / 50)) {
            StoredRecord record = found(store(), numbered("id", i));
            assertEquals(2, record.version(), () -> "the version should count one rewrite of " + record.id());
            assertEquals(
                    "rewritten " + record.id(), text(record), "the payload should be the one that was written last");
        }
    }
}
