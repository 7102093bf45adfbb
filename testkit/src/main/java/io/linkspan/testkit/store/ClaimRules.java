package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.CountingStore;
import io.linkspan.spi.CountingStore.OpenWork;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * RC-1, RC-2, RC-4 and RC-5, for stores that are a {@link ClaimingStore}, and RN-1 for a {@link CountingStore}. That a claim costs what
 * it returns is not tried.
 */
abstract class ClaimRules extends RecordStoreContract<JobStore> {
    private static final Duration LEASE = Duration.ofHours(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int INCREMENTS = 10;

    ClaimRules() {}

    private ClaimingStore claiming() {
        return claiming(store());
    }

    private static ClaimingStore claiming(JobStore store) {
        Assumptions.assumeTrue(store instanceof ClaimingStore, "skipped: the store is no ClaimingStore");
        return (ClaimingStore) store;
    }

    /** A moment that is past by any clock; work comes first that has waited longest. */
    private static Instant waiting(int rank) {
        return NOON.minus(Duration.ofDays(400)).plusSeconds(rank);
    }

    private void flood(String tenant, int from, int count) {
        for (int i = 0; i < count; i++) {
            inserted(record(new TenantId(tenant), numbered("id", i)).dueAt(waiting(from + i)));
        }
    }

    /** RC-1: a claim moves due time and version, nothing else, and says what is stored. */
    @Test
    public void optional_RC01_claimMovesDueTimeAndVersionOnly() {
        ClaimingStore claiming = claiming();
        StoredRecord waits = inserted(
                record("id").uniqueKey("key").lookup("lookup").dueAt(waiting(0)).attentionAt(NOON.plusMillis(5)));
        StoredRecord claimed = only(claiming.claim(kind(), LEASE, 10));
        StoredRecord expected =
                waits.next().dueAt(claimed.dueAt().orElseThrow()).build();
        assertSame(expected, claimed);
        assertStored(expected);
        assertTrue(claimed.dueAt().orElseThrow().isAfter(waiting(0).plus(LEASE)), "the lease is not by the clock");
    }

    /** RC-1: what is claimed is nobody else's until the lease ends, and then is handed out again. */
    @Test
    public void optional_RC01_claimedRecordIsHandedOutAgainOnlyAfterItsLease() {
        ClaimingStore claiming = claiming();
        ClaimingStore node = claiming(node());
        inserted(record("long").dueAt(waiting(0)));
        assertEquals(1, claiming.claim(kind(), LEASE, 10).size());
        inserted(record("short").dueAt(waiting(1)));
        assertEquals(List.of("short"), ids(claiming.claim(kind(), Duration.ofMillis(1), 10)));
        List<StoredRecord> again = List.of();
        long deadline = System.nanoTime() + PATIENCE;
        while (again.isEmpty() && System.nanoTime() < deadline) {
            again = node.claim(kind(), LEASE, 10);
        }
        assertEquals(List.of("short"), ids(again));
        assertEquals(3, again.get(0).version());
        assertEquals(List.of(), node.claim(kind(), LEASE, 10));
    }

    /** RC-1: work that is not due, or of another kind, or finished, is not handed out. */
    @Test
    public void optional_RC01_onlyDueRecordsAreClaimed() {
        ClaimingStore claiming = claiming();
        inserted(record("later").dueAt(Instant.now().plus(Duration.ofDays(2))));
        inserted(record("never"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "other-kind").dueAt(waiting(0)));
        inserted(record("due").dueAt(waiting(1)));
        assertEquals(List.of("due"), ids(claiming.claim(kind(), LEASE, 10)));
    }

    /** RC-1: who read a record before it was claimed cannot write it, so that a lost lease is noticed. */
    @Test
    public void optional_RC01_readerFromBeforeTheClaimCannotWrite() {
        ClaimingStore claiming = claiming();
        StoredRecord read = inserted(record("id").dueAt(waiting(0)));
        StoredRecord claimed = only(claiming.claim(kind(), LEASE, 10));
        assertFalse(store().replace(read.next().payload(bytes("late")).build()));
        assertStored(replaced(claimed.next().dueAt(null).payload(bytes("done"))));
    }

    /** RC-1: eight callers on two nodes get each record once, and together get all. */
    @Test
    public void stochastic_RC01_everyRecordHasOneHolder() {
        claiming();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            StoredRecord record = inserted(
                    record(new TenantId("tenant-" + i % 9), numbered("id", i)).dueAt(waiting(i)));
            expected.add(record.tenant() + "/" + record.id());
        }
        JobStore node = node();
        List<List<String>> held = Together.run(thread -> {
            ClaimingStore mine = claiming(thread % 2 == 0 ? store() : node);
            List<String> got = new ArrayList<>();
            for (int idle = 0; idle < 5 && got.size() <= expected.size(); ) {
                List<StoredRecord> batch = mine.claim(kind(), LEASE, 7);
                batch.forEach(record -> got.add(record.tenant() + "/" + record.id()));
                idle = batch.isEmpty() ? idle + 1 : 0;
            }
            return got;
        });
        List<String> all = new ArrayList<>();
        held.forEach(all::addAll);
        assertEquals(expected.size(), all.size(), "records handed out, the same one twice included");
        assertEquals(expected, new TreeSet<>(all));
    }

    /** RC-2: one tenant's flood leaves the others their share, although its work has waited longer. */
    @Test
    public void optional_RC02_floodLeavesOthersTheirShare() {
        ClaimingStore claiming = claiming();
        flood("flood", 0, 100);
        for (String tenant : List.of("a", "b", "y", "z")) {
            flood(tenant, 1_000, 3);
        }
        assertEquals(Map.of("a", 2, "b", 2, "flood", 2, "y", 2, "z", 2), perTenant(claiming.claim(kind(), LEASE, 10)));
    }

    /** RC-2: what others leave of a batch goes to who waits, earliest first within a tenant. */
    @Test
    public void optional_RC02_unusedSharesAreGivenAway() {
        ClaimingStore claiming = claiming();
        flood("flood", 0, 30);
        flood("small", 1_000, 1);
        List<StoredRecord> batch = claiming.claim(kind(), LEASE, 10);
        assertEquals(Map.of("flood", 9, "small", 1), perTenant(batch));
        assertEquals(
                List.of(
                        "id-00000",
                        "id-00001",
                        "id-00002",
                        "id-00003",
                        "id-00004",
                        "id-00005",
                        "id-00006",
                        "id-00007",
                        "id-00008",
                        "id-00000"),
                ids(batch));
    }

    /** RC-2: of more tenants than a batch has room for, each has its turn in as many claims as that takes. */
    @Test
    public void optional_RC02_everyTenantHasItsTurn() {
        ClaimingStore claiming = claiming();
        Set<String> tenants = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            tenants.add("tenant-" + i);
            flood("tenant-" + i, i * 100, 6);
        }
        Set<String> served = new HashSet<>();
        for (int claim = 0; claim < 5; claim++) {
            Map<String, Integer> batch = perTenant(claiming.claim(kind(), LEASE, 7));
            assertEquals(7, batch.size(), () -> "tenants of a batch of seven: " + batch);
            served.addAll(batch.keySet());
        }
        assertEquals(tenants, served);
    }

    private void backlog(String lookup, int from, int count) {
        for (int i = 0; i < count; i++) {
            inserted(record(numbered(lookup, i)).lookup(lookup).dueAt(waiting(from + i)));
        }
    }

    private static Map<String, Integer> perLookup(List<StoredRecord> records) {
        Map<String, Integer> counts = new TreeMap<>();
        records.forEach(record -> counts.merge(record.lookup().orElse("none"), 1, Integer::sum));
        return counts;
    }

    /** RC-2: one account's backlog leaves the tenant's other accounts their share, although its work has waited longer. */
    @Test
    public void optional_RC02_backlogOfOneLookupLeavesTheOthersTheirShare() {
        ClaimingStore claiming = claiming();
        backlog("backlog", 0, 100);
        for (String lookup : List.of("a", "b", "y")) {
            backlog(lookup, 1_000, 3);
        }
        flood(TENANT.value(), 2_000, 3);
        assertEquals(
                Map.of("a", 2, "b", 2, "backlog", 2, "none", 2, "y", 2), perLookup(claiming.claim(kind(), LEASE, 10)));
    }

    /** RC-2: what is given back again and again does not hide the others: each lookup has its turn in as many claims as that takes. */
    @Test
    public void optional_RC02_everyLookupHasItsTurnThoughABacklogIsGivenBack() {
        ClaimingStore claiming = claiming();
        backlog("backlog", 0, 100);
        Set<String> others = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            others.add("lookup-" + i);
            backlog("lookup-" + i, 1_000 + i, 1);
        }
        Set<String> served = new TreeSet<>();
        for (int claim = 0; claim < 3; claim++) {
            for (StoredRecord record : claiming.claim(kind(), LEASE, 8)) {
                boolean blocked = record.lookup().orElseThrow().equals("backlog");
                served.add(record.lookup().orElseThrow());
                replaced(record.next().dueAt(blocked ? waiting(0) : null));
            }
        }
        served.remove("backlog");
        assertEquals(others, served);
    }

    /** RC-2: of one lookup the earliest come first, and the lower id first where due times are equal. */
    @Test
    public void optional_RC02_orderWithinALookupHolds() {
        ClaimingStore claiming = claiming();
        for (int i = 20; i > 0; i--) {
            inserted(record(numbered("id", i)).lookup("one").dueAt(waiting(0)));
            inserted(record(numbered("other", i)).lookup("two").dueAt(waiting(1)));
        }
        inserted(record("last").lookup("one").dueAt(waiting(-1)));
        List<String> batch = ids(claiming.claim(kind(), LEASE, 6));
        assertEquals(
                List.of("id-00001", "id-00002", "last", "other-00001", "other-00002", "other-00003"),
                batch.stream().sorted().toList());
        assertEquals("last", batch.get(0));
    }

    /** RC-4: a batch tells the replaced from the refused, in the order given, and a refusal holds up no other. */
    @Test
    public void optional_RC04_refusedRecordHoldsUpNoOther() {
        ClaimingStore claiming = claiming();
        StoredRecord z = inserted(record("z"));
        StoredRecord stale = inserted(record("m"));
        StoredRecord newer = replaced(stale.next().payload(bytes("newer")));
        StoredRecord foreign = inserted(record(OTHER_TENANT, "a"));
        StoredRecord a = inserted(record("a"));
        StoredRecord nextZ = z.next().payload(bytes("next z")).dueAt(NOON).build();
        StoredRecord nextA = a.next().payload(bytes("next a")).uniqueKey("key").build();
        assertEquals(
                List.of(true, false, false, true),
                claiming.replaceAll(List.of(
                        nextZ,
                        stale.next().payload(bytes("loser")).build(),
                        record("missing").version(2).build(),
                        nextA)));
        assertStored(nextZ);
        assertStored(newer);
        assertStored(nextA);
        assertStored(foreign);
        assertEquals(List.of(), claiming.replaceAll(List.of()));
    }

    /** RC-4: when a unique key is taken, nothing of the batch is kept. */
    @Test
    public void optional_RC04_takenKeyChangesNothing() {
        ClaimingStore claiming = claiming();
        StoredRecord holder = inserted(record("holder").uniqueKey("key"));
        StoredRecord first = inserted(record("a"));
        StoredRecord second = inserted(record("b"));
        List<StoredRecord> batch = List.of(
                first.next().payload(bytes("changed")).build(),
                second.next().uniqueKey("key").build());
        assertThrows(StoreException.class, () -> claiming.replaceAll(batch));
        assertStored(holder);
        assertStored(first);
        assertStored(second);
    }

    /** RC-4: eight threads that add one to the same records in different order lose no addition and end. */
    @Test
    public void stochastic_RC04_batchesLoseNoUpdate() {
        claiming();
        List<String> ids = List.of("a", "b", "c", "d", "e");
        ids.forEach(id -> inserted(record(id).payload(bytes("0"))));
        JobStore node = node();
        List<Integer> added = Together.run(thread -> {
            JobStore mine = thread % 2 == 0 ? store() : node;
            int sum = 0;
            for (int i = 0; i < INCREMENTS; i++) {
                List<StoredRecord> next = new ArrayList<>();
                for (int place = 0; place < ids.size(); place++) {
                    StoredRecord read = mine.find(TENANT, kind(), ids.get((place + thread) % ids.size()))
                            .orElseThrow();
                    next.add(read.next()
                            .payload(bytes(Integer.toString(Integer.parseInt(text(read)) + 1)))
                            .build());
                }
                sum += (int) claiming(mine).replaceAll(next).stream()
                        .filter(won -> won)
                        .count();
            }
            return sum;
        });
        int stored = 0;
        for (String id : ids) {
            stored += Integer.parseInt(text(store().find(TENANT, kind(), id).orElseThrow()));
        }
        assertEquals(added.stream().mapToInt(Integer::intValue).sum(), stored, "sum of all additions");
    }

    /** RC-5: the clock runs, is one for all nodes, and is the one that leases are by. */
    @Test
    public void optional_RC05_oneClockForNodesAndLeases() {
        ClaimingStore claiming = claiming();
        inserted(record("id").dueAt(waiting(0)));
        Instant before = claiming.now();
        Instant lease = only(claiming(node()).claim(kind(), LEASE, 1)).dueAt().orElseThrow();
        Instant after = claiming(node()).now();
        assertFalse(lease.isBefore(before.plus(LEASE)), () -> "lease " + lease + " set after " + before);
        assertFalse(lease.isAfter(after.plus(LEASE)), () -> "lease " + lease + " set before " + after);
        long deadline = System.nanoTime() + PATIENCE;
        while (!claiming.now().isAfter(before)) {
            assertTrue(System.nanoTime() < deadline, "the clock stands");
        }
    }

    /** RN-1: a store that counts tells open and due work by status, over all tenants, and nothing of what is finished. */
    @Test
    public void optional_RN01_openWorkIsCountedByStatus() {
        Assumptions.assumeTrue(store() instanceof CountingStore, "skipped: the store is no CountingStore");
        inserted(record("due").status("waits").dueAt(NOON.minusSeconds(5)));
        inserted(record(OTHER_TENANT, "due").status("waits").dueAt(NOON));
        inserted(record("later").status("waits").dueAt(NOON.plusMillis(1)));
        inserted(record("other").status("rests").dueAt(NOON.plusSeconds(9)));
        inserted(record("finished").status("waits"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "kind")
                .status("waits")
                .dueAt(NOON));
        assertEquals(
                Set.of(
                        new OpenWork("waits", 3, 2, Optional.of(NOON.minusSeconds(5))),
                        new OpenWork("rests", 1, 0, Optional.empty())),
                Set.copyOf(((CountingStore) store()).open(kind(), NOON)));
    }

    private static StoredRecord only(List<StoredRecord> records) {
        assertEquals(1, records.size(), () -> "one record was due, claimed: " + records);
        return records.get(0);
    }

    private static Map<String, Integer> perTenant(List<StoredRecord> records) {
        Map<String, Integer> counts = new TreeMap<>();
        records.forEach(record -> counts.merge(record.tenant().value(), 1, Integer::sum));
        return counts;
    }
}
