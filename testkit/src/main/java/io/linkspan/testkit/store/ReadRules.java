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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** RS-2, RS-3 and RS-6 to RS-9. */
abstract class ReadRules<S extends RecordStore> extends WriteRules<S> {
    private static final List<String> LOOK_ALIKES = List.of("Ab", "ab", "AB", "ab ", "\u00e4b", "a\u0308b");

    ReadRules() {}

    /** RS-2: a missing record is empty, not an error. */
    @Test
    public void required_RS02_missingIdIsEmpty() {
        assertEquals(Optional.empty(), store().find(TENANT, kind(), "missing"));
    }

    /** RS-2: another tenant's id answers like a missing one, so that no id reveals or opens foreign data. */
    @Test
    public void required_RS02_foreignTenantFindsNothing() {
        inserted(record("id"));
        assertEquals(Optional.empty(), store().find(OTHER_TENANT, kind(), "id"));
    }

    /** RS-2: the id of another kind is a different one. */
    @Test
    public void required_RS02_foreignKindFindsNothing() {
        inserted(record("id"));
        assertEquals(Optional.empty(), store().find(TENANT, otherKind(), "id"));
    }

    /** RS-2: ids differ by case, trailing blank and accent; a forgiving collation would merge two accounts. */
    @Test
    public void required_RS02_idsAreComparedExactly() {
        List<StoredRecord> records = LOOK_ALIKES.stream()
                .map(id -> inserted(record(id).payload(bytes("exactly " + id))))
                .toList();
        records.forEach(this::assertStored);
    }

    /** RS-2: every node sees an acknowledged write at once. */
    @Test
    public void required_RS02_otherNodesSeeTheNewestVersion() {
        StoredRecord first = inserted(record("id"));
        S node = node();
        assertEquals(Optional.of(first), node.find(TENANT, kind(), "id"));
        StoredRecord second = replaced(first.next().payload(bytes("second")));
        assertEquals(Optional.of(second), node.find(TENANT, kind(), "id"));
    }

    /** RS-3: a key leads to the newest version of its record. */
    @Test
    public void required_RS03_keyFindsTheNewestVersion() {
        StoredRecord first = inserted(record("id").uniqueKey("key"));
        inserted(record("other").uniqueKey("other-key"));
        assertEquals(Optional.of(first), store().findByKey(TENANT, kind(), "key"));
        StoredRecord second = replaced(first.next().payload(bytes("second")));
        assertEquals(Optional.of(second), store().findByKey(TENANT, kind(), "key"));
        assertEquals(Optional.empty(), store().findByKey(TENANT, kind(), "missing"));
    }

    /** RS-3: a record that changed its key is found by the new one only. */
    @Test
    public void required_RS03_changedKeyMovesTheRecord() {
        StoredRecord first = inserted(record("id").uniqueKey("old"));
        StoredRecord second = replaced(first.next().uniqueKey("new"));
        assertEquals(Optional.empty(), store().findByKey(TENANT, kind(), "old"));
        assertEquals(Optional.of(second), store().findByKey(TENANT, kind(), "new"));
    }

    /** RS-3: another tenant's or kind's key answers like a missing one. */
    @Test
    public void required_RS03_foreignTenantAndKindFindNothing() {
        inserted(record("id").uniqueKey("key"));
        assertEquals(Optional.empty(), store().findByKey(OTHER_TENANT, kind(), "key"));
        assertEquals(Optional.empty(), store().findByKey(TENANT, otherKind(), "key"));
    }

    /** RS-3: keys differ by case, trailing blank and accent. */
    @Test
    public void required_RS03_keysAreComparedExactly() {
        int number = 0;
        List<StoredRecord> records = new ArrayList<>();
        for (String key : LOOK_ALIKES) {
            records.add(inserted(record(numbered("id", number++)).uniqueKey(key)));
        }
        for (StoredRecord expected : records) {
            assertEquals(
                    Optional.of(expected),
                    store().findByKey(TENANT, kind(), expected.uniqueKey().orElseThrow()));
        }
    }

    /** RS-6: due is what is at or before now, to the millisecond; records without a due time never are. */
    @Test
    public void required_RS06_dueIsAtOrBeforeNow() {
        inserted(record("before").dueAt(NOON.minusMillis(1)));
        inserted(record("at").dueAt(NOON));
        inserted(record("after").dueAt(NOON.plusMillis(1)));
        inserted(record("never"));
        assertEquals(List.of("before", "at"), ids(store().due(kind(), NOON, 1_000)));
        assertEquals(List.of("before", "at"), ids(store().due(kind(), NOON.plusNanos(999_999), 1_000)));
        assertEquals(List.of(), ids(store().due(kind(), Instant.EPOCH, 1_000)));
        assertEquals(List.of("before", "at", "after"), ids(store().due(kind(), Instant.MAX, 1_000)));
        assertEquals(List.of(), ids(store().due(kind(), Instant.MIN, 1_000)));
    }

    /** RS-6: the earliest comes first, whatever the order of arrival, and whole. */
    @Test
    public void required_RS06_earliestComesFirst() {
        List<StoredRecord> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int place = (i * 17) % 50;
            TenantId tenant = place % 2 == 0 ? TENANT : OTHER_TENANT;
            expected.add(inserted(record(tenant, numbered("id", 50 - place)).dueAt(NOON.minusSeconds(50 - place))));
        }
        expected.sort(java.util.Comparator.comparing(record -> record.dueAt().orElseThrow()));
        assertEquals(expected, store().due(kind(), NOON, 1_000));
    }

    /** RS-6: a limit gives the earliest ones. */
    @Test
    public void required_RS06_limitKeepsTheEarliest() {
        for (int i = 9; i >= 0; i--) {
            inserted(record(numbered("id", i)).dueAt(NOON.plusMillis(i)));
        }
        assertEquals(List.of("id-00000"), ids(store().due(kind(), NOON.plusSeconds(1), 1)));
        assertEquals(List.of("id-00000", "id-00001", "id-00002"), ids(store().due(kind(), NOON.plusSeconds(1), 3)));
    }

    /** RS-6: another kind's work is not mixed in. */
    @Test
    public void required_RS06_kindsAreApart() {
        inserted(record("id").dueAt(NOON));
        inserted(StoredRecord.builder(TENANT, otherKind(), "other").dueAt(NOON.minusSeconds(1)));
        assertEquals(List.of("id"), ids(store().due(kind(), NOON, 10)));
    }

    /** RS-6: a record that was put off, finished or deleted is no longer due; one that was brought forward is. */
    @Test
    public void required_RS06_scanFollowsChanges() {
        replaced(inserted(record("off").dueAt(NOON)).next().dueAt(NOON.plusSeconds(60)));
        replaced(inserted(record("done").dueAt(NOON)).next().dueAt(null));
        assertTrue(store().delete(inserted(record("gone").dueAt(NOON))));
        replaced(inserted(record("sooner").dueAt(NOON.plusSeconds(60))).next().dueAt(NOON));
        replaced(inserted(record("fresh")).next().dueAt(NOON.minusSeconds(1)));
        assertEquals(List.of("fresh", "sooner"), ids(store().due(kind(), NOON, 10)));
    }

    /** RS-6: scanning and finishing reaches every due record exactly once, also when many are due at one moment. */
    @Test
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
        assertEquals(expected.size(), reached.size(), "records reached");
        assertEquals(expected, new TreeSet<>(reached));
    }

    /** RS-7: a lookup value finds its records of all tenants, by tenant and id, up to the limit. */
    @Test
    public void required_RS07_lookupFindsAllTenants() {
        inserted(record(OTHER_TENANT, "b1").lookup("account"));
        inserted(record("a2").lookup("account"));
        inserted(record("a1").lookup("account"));
        inserted(record("a3").lookup("Account"));
        inserted(record("a4"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "a5").lookup("account"));
        assertEquals(List.of("a1", "a2", "b1"), ids(store().byLookup(kind(), "account", 1_000)));
        assertEquals(List.of("a1", "a2"), ids(store().byLookup(kind(), "account", 2)));
        assertEquals(List.of(), store().byLookup(kind(), "missing", 10));
    }

    /** RS-7: a changed or deleted record is no longer found by its old lookup value. */
    @Test
    public void required_RS07_lookupFollowsChanges() {
        StoredRecord moved =
                replaced(inserted(record("moved").lookup("old")).next().lookup("new"));
        replaced(inserted(record("cleared").lookup("old")).next().lookup(null));
        assertTrue(store().delete(inserted(record("gone").lookup("old"))));
        assertEquals(List.of(), store().byLookup(kind(), "old", 10));
        assertEquals(List.of(moved), store().byLookup(kind(), "new", 10));
    }

    /** RX-1: a walk meets every record of the kind once, by tenant and id; for stores that can walk. */
    @Test
    public void optional_RX01_walkMeetsEveryRecordOnce() {
        Assumptions.assumeTrue(store() instanceof RecordScan, "the store cannot walk its records");
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
        assertEquals(sorted, scan.scan(kind(), null, 1_000));
        assertEquals(sorted.subList(0, 2), scan.scan(kind(), null, 2));
        assertEquals(sorted.subList(2, 3), scan.scan(kind(), sorted.get(1), 2));
        assertEquals(List.of(), scan.scan(kind(), sorted.get(2), 2));
    }

    /** RS-8: pages hold the records of one user of one tenant, by id. */
    @Test
    public void required_RS08_pageIsOneUsersRecords() {
        StoredRecord second = inserted(record("id-2"));
        StoredRecord first = inserted(record("id-1"));
        inserted(record("id-3").user("user-2"));
        inserted(record(OTHER_TENANT, "id-4"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "id-5").user("user-1"));
        assertEquals(List.of(first, second), store().page(TENANT, kind(), "user-1", "", 1_000));
        assertEquals(List.of(first), store().page(TENANT, kind(), "user-1", "", 1));
        assertEquals(List.of(second), store().page(TENANT, kind(), "user-1", "id-1", 10));
        assertEquals(List.of(), store().page(TENANT, kind(), "user-1", "id-2", 10));
        assertEquals(List.of(), store().page(TENANT, kind(), "nobody", "", 10));
    }

    /** RS-8: a page that starts behind any id misses none and repeats none, whatever characters ids have. */
    @Test
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
        assertEquals(ids.size(), reached.size(), () -> "records reached: " + reached);
        assertEquals(new HashSet<>(ids), new HashSet<>(reached));
    }

    /** RS-9: attention is at or before now, earliest first, then by id, of one tenant and kind. */
    @Test
    public void required_RS09_attentionIsOneTenantsEarliestFirst() {
        StoredRecord second = inserted(record("b").attentionAt(NOON));
        StoredRecord third = inserted(record("c").attentionAt(NOON));
        StoredRecord first = inserted(record("z").attentionAt(NOON.minusMillis(1)));
        inserted(record("later").attentionAt(NOON.plusMillis(1)));
        inserted(record("never").dueAt(NOON));
        inserted(record("other-user").user("user-2").attentionAt(NOON.plusMillis(1)));
        inserted(record(OTHER_TENANT, "foreign").attentionAt(NOON));
        inserted(StoredRecord.builder(TENANT, otherKind(), "other-kind").attentionAt(NOON));
        assertEquals(List.of(first, second, third), store().attention(TENANT, kind(), Instant.EPOCH, "", NOON, 1_000));
        assertEquals(List.of(first, second), store().attention(TENANT, kind(), Instant.EPOCH, "", NOON, 2));
        assertEquals(List.of(third), store().attention(TENANT, kind(), NOON, "b", NOON, 10));
        assertEquals(List.of(second, third), store().attention(TENANT, kind(), NOON.minusMillis(1), "z", NOON, 10));
        assertEquals(List.of(), store().attention(TENANT, kind(), NOON, "c", NOON, 10));
        assertEquals(List.of(), store().attention(TENANT, kind(), Instant.EPOCH, "", NOON.minusMillis(2), 10));
    }

    /** RS-9: a record that was put right, put off or deleted is no longer listed; one that got worse is. */
    @Test
    public void required_RS09_attentionFollowsChanges() {
        replaced(inserted(record("right").attentionAt(NOON)).next().attentionAt(null));
        replaced(inserted(record("off").attentionAt(NOON)).next().attentionAt(NOON.plusSeconds(60)));
        assertTrue(store().delete(inserted(record("gone").attentionAt(NOON))));
        StoredRecord worse = replaced(inserted(record("worse")).next().attentionAt(NOON));
        StoredRecord kept =
                replaced(inserted(record("kept").attentionAt(NOON)).next().payload(bytes("kept")));
        assertEquals(List.of(kept, worse), store().attention(TENANT, kind(), Instant.EPOCH, "", NOON, 10));
    }

    /** RS-9: pages of any size reach every record once, also when many share a moment. */
    @Test
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
        assertEquals(expected.size(), reached.size(), () -> "records reached: " + reached);
        assertEquals(expected, new TreeSet<>(reached));
    }

    /** RS-8: every record is reached by pages while each is rewritten, as a change of keys does. */
    @Test
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
        assertEquals(many, rewritten);
        for (int i = 0; i < many; i += Math.max(1, many / 50)) {
            StoredRecord record =
                    store().find(TENANT, kind(), numbered("id", i)).orElseThrow();
            assertEquals(2, record.version());
            assertEquals("rewritten " + record.id(), text(record));
        }
    }
}
