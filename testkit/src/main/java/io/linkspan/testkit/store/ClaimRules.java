package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * RC-1, RC-2, RC-4 and RC-5, for stores that are a {@link ClaimingStore}, and RN-1 for a {@link CountingStore}. That a claim costs what
 * it returns is not tried.
 */
abstract class ClaimRules extends RecordStoreContract<JobStore> {
    private static final Duration LEASE = Duration.ofHours(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int INCREMENTS = 10;
    /** More lookup values or tenants than a store visits in one claim. */
    private static final int SCHEDULED = 1_000;

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
    @Rule(
            value =
                    "A claim raises the version by one, moves the due time to the end of the lease, changes nothing else, and returns what is stored.",
            change =
                    "Set only version and due time in the UPDATE of a claim, the due time to now() plus the lease, and return the rows as they are after it.")
    public void optional_RC01_claimMovesDueTimeAndVersionOnly() {
        ClaimingStore claiming = claiming();
        StoredRecord waits = inserted(
                record("id").uniqueKey("key").lookup("lookup").dueAt(waiting(0)).attentionAt(NOON.plusMillis(5)));
        StoredRecord claimed = only(claiming.claim(kind(), LEASE, 10));
        StoredRecord expected =
                waits.next().dueAt(claimed.dueAt().orElseThrow()).build();
        assertSame(expected, claimed);
        assertStored(expected);
        assertTrue(
                claimed.dueAt().orElseThrow().isAfter(waiting(0).plus(LEASE)),
                "the due time of a claimed record should be now() plus the lease, not its due time before plus the lease");
    }

    /** RC-1: what is claimed is nobody else's until the lease ends, and then is handed out again. */
    @Test
    @Rule(
            value =
                    "A claimed record is returned to no other claim before its lease ends, and is returned again after it.",
            change = "Claim by due time alone, and write the end of the lease into the due time.")
    public void optional_RC01_claimedRecordIsHandedOutAgainOnlyAfterItsLease() {
        ClaimingStore claiming = claiming();
        ClaimingStore node = claiming(node());
        inserted(record("long").dueAt(waiting(0)));
        assertIds(List.of("long"), claiming.claim(kind(), LEASE, 10), "claim of one due record");
        inserted(record("short").dueAt(waiting(1)));
        assertIds(
                List.of("short"),
                claiming.claim(kind(), Duration.ofMillis(1), 10),
                "claim beside a record whose lease still runs");
        List<StoredRecord> again = List.of();
        long deadline = System.nanoTime() + PATIENCE;
        while (again.isEmpty() && System.nanoTime() < deadline) {
            again = node.claim(kind(), LEASE, 10);
        }
        assertIds(List.of("short"), again, "claim by another node after a lease of 1 millisecond");
        assertEquals(3, again.get(0).version(), "the version should count both claims");
        assertIds(List.of(), node.claim(kind(), LEASE, 10), "claim while all leases run");
    }

    /** RC-1: work that is not due, or of another kind, or finished, is not handed out. */
    @Test
    @Rule(
            value =
                    "A claim returns due work of its kind only: nothing that is due later, finished or of another kind.",
            change = "Put kind and due time <= now() into the WHERE of the claim.")
    public void optional_RC01_onlyDueRecordsAreClaimed() {
        ClaimingStore claiming = claiming();
        inserted(record("later").dueAt(Instant.now().plus(Duration.ofDays(2))));
        inserted(record("never"));
        inserted(StoredRecord.builder(TENANT, otherKind(), "other-kind").dueAt(waiting(0)));
        inserted(record("due").dueAt(waiting(1)));
        assertIds(
                List.of("due"),
                claiming.claim(kind(), LEASE, 10),
                "claim beside a later, a finished and a foreign record");
    }

    /** RC-1: who read a record before it was claimed cannot write it, so that a lost lease is noticed. */
    @Test
    @Rule(
            value = "Whoever read a record before it was claimed cannot write it, so that a lost lease is noticed.",
            change = "Raise the version by one with each claim.")
    public void optional_RC01_readerFromBeforeTheClaimCannotWrite() {
        ClaimingStore claiming = claiming();
        StoredRecord read = inserted(record("id").dueAt(waiting(0)));
        StoredRecord claimed = only(claiming.claim(kind(), LEASE, 10));
        refused(
                store().replace(read.next().payload(bytes("late")).build()),
                "replace by a reader from before the claim");
        assertStored(replaced(claimed.next().dueAt(null).payload(bytes("done"))));
    }

    /** RC-1: eight callers on two nodes get each record once, and together get all. */
    @Test
    @Rule(
            value = "Several callers on two nodes get each due record once, and together get all.",
            change =
                    "Lock or compare the version in the statement that claims (FOR UPDATE SKIP LOCKED, or the version in the WHERE), and return only the rows that this call changed.")
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
        assertEquals(expected, new TreeSet<>(all), "claims of all threads together should return every due record");
        assertEquals(
                expected.size(), all.size(), "claims should return each due record to one thread; some came twice");
    }

    /** RC-2: one tenant's flood leaves the others their share, although its work has waited longer. */
    @Test
    @Rule(
            value =
                    "Every tenant with due work gets the same share of a batch, although the work of one has waited longer.",
            change =
                    "Choose the earliest of each tenant first, then the second earliest of each, until the batch is full.")
    public void optional_RC02_floodLeavesOthersTheirShare() {
        ClaimingStore claiming = claiming();
        flood("flood", 0, 100);
        for (String tenant : List.of("a", "b", "y", "z")) {
            flood(tenant, 1_000, 3);
        }
        assertEquals(
                Map.of("a", 2, "b", 2, "flood", 2, "y", 2, "z", 2),
                perTenant(claiming.claim(kind(), LEASE, 10)),
                "a claim of 10 with five tenants waiting should return two records of each");
    }

    /** RC-2: what others leave of a batch goes to who waits, earliest first within a tenant. */
    @Test
    @Rule(
            value = "What some tenants leave of a batch goes to those that have more, earliest first within a tenant.",
            change = "Fill the batch with the earliest due records that are left when every tenant has its share.")
    public void optional_RC02_unusedSharesAreGivenAway() {
        ClaimingStore claiming = claiming();
        flood("flood", 0, 30);
        flood("small", 1_000, 1);
        List<StoredRecord> batch = claiming.claim(kind(), LEASE, 10);
        assertEquals(
                Map.of("flood", 9, "small", 1),
                perTenant(batch),
                "a claim of 10 should give what one tenant leaves to the other");
        assertIds(
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
                batch,
                "claim of 10, earliest first,");
    }

    /** RC-2: of more tenants than a batch has room for, each has its turn in as many claims as that takes. */
    @Test
    @Rule(
            value = "Of more tenants than a batch has room for, each has its turn in as many claims as that takes.",
            change =
                    "Go on behind the last tenant of the claim before, and return at most one record a tenant while others wait.")
    public void optional_RC02_everyTenantHasItsTurn() {
        ClaimingStore claiming = claiming();
        Set<String> tenants = new TreeSet<>();
        for (int i = 0; i < 30; i++) {
            tenants.add("tenant-" + i);
            flood("tenant-" + i, i * 100, 6);
        }
        Set<String> oneByOne = new TreeSet<>();
        for (int claim = 0; claim < 30; claim++) {
            oneByOne.addAll(perTenant(claiming.claim(kind(), LEASE, 1)).keySet());
        }
        assertEquals(tenants, oneByOne, "thirty claims of 1 should reach all 30 tenants");
        Set<String> served = new TreeSet<>();
        for (int claim = 0; claim < 5; claim++) {
            Map<String, Integer> batch = perTenant(claiming.claim(kind(), LEASE, 7));
            assertEquals(
                    7,
                    batch.size(),
                    () -> "a claim of 7 with 30 tenants waiting should return one record each of 7 tenants: " + batch);
            served.addAll(batch.keySet());
        }
        assertEquals(tenants, served, "five claims of 7 should reach all 30 tenants");
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
    @Rule(
            value =
                    "Within a tenant every lookup value with due work gets the same share, although the work of one has waited longer.",
            change = "Choose the earliest of each lookup value of a tenant first, then the second earliest of each.")
    public void optional_RC02_backlogOfOneLookupLeavesTheOthersTheirShare() {
        ClaimingStore claiming = claiming();
        backlog("backlog", 0, 100);
        for (String lookup : List.of("a", "b", "y")) {
            backlog(lookup, 1_000, 3);
        }
        flood(TENANT.value(), 2_000, 3);
        assertEquals(
                Map.of("a", 2, "b", 2, "backlog", 2, "none", 2, "y", 2),
                perLookup(claiming.claim(kind(), LEASE, 10)),
                "a claim of 10 with five lookup values waiting should return two records of each");
    }

    /** RC-2: what is given back again and again does not hide the others: each lookup has its turn in as many claims as that takes. */
    @Test
    @Rule(
            value =
                    "A backlog that is given back again and again does not hide the others: each lookup value has its turn in as many claims as that takes.",
            change = "Choose the earliest of each lookup value first, and not the earliest of the tenant.")
    public void optional_RC02_everyLookupHasItsTurnThoughABacklogIsGivenBack() {
        backlogCostsOthersOneClaim(100);
    }

    /** RC-2: the same with a backlog that is larger than any query shows. */
    @Test
    @Tag("proof")
    @Rule(
            value =
                    "A backlog of one lookup value, however large, delays the others by one claim, although it is given back again and again.",
            change =
                    "Find the lookup values that have due work through an index of their own, and not among the first rows that are due.")
    public void optional_RC02_largeBacklogDelaysTheOthersByOneClaim() {
        backlogCostsOthersOneClaim(manyRecords());
    }

    /** RC-2: lookup values that have only later work do not hide those that have due work. */
    @Test
    @Rule(
            value =
                    "A backlog of one lookup value delays the others by one claim, however many lookup values have only work that is due later.",
            change =
                    "Where the walk over lookup values finds too few with due work, read on in the order of due times, and not only in that of lookup values.")
    public void optional_RC02_lookupsWithLaterWorkHideNoOther() {
        claiming();
        later(i -> record(numbered("later", i)).lookup(numbered("later", i)));
        backlogCostsOthersOneClaim(100);
    }

    /** RC-2: tenants that have only later work do not hide those that have due work. */
    @Test
    @Rule(
            value =
                    "A backlog of one tenant delays the others by one claim, however many tenants have only work that is due later.",
            change =
                    "Where the walk over tenants finds too few with due work, read on in the order of due times, and not only in that of tenants.")
    public void optional_RC02_tenantsWithLaterWorkHideNoOther() {
        claiming();
        later(i -> record(new TenantId(numbered("later", i)), "later"));
        flood("backlog", 0, 100);
        backlogCostsOthersOneClaim(
                100,
                (id, i) -> record(new TenantId("other-" + i), id),
                record -> record.tenant().value().equals("backlog"));
    }

    private void later(IntFunction<StoredRecord.Builder> records) {
        Instant nextWeek = Instant.now().plus(Duration.ofDays(7));
        for (int i = 0; i < SCHEDULED; i++) {
            inserted(records.apply(i).dueAt(nextWeek.plusSeconds(i)));
        }
    }

    private void backlogCostsOthersOneClaim(int size) {
        backlog("backlog", 0, size);
        backlogCostsOthersOneClaim(
                size,
                (id, i) -> record(id).lookup("lookup-" + i),
                record -> record.lookup().orElseThrow().equals("backlog"));
    }

    /** Claims of several sizes, down to one, as a worker makes them that has one thread free. */
    private void backlogCostsOthersOneClaim(
            int size, BiFunction<String, Integer, StoredRecord.Builder> other, Predicate<StoredRecord> ofBacklog) {
        ClaimingStore claiming = claiming();
        int others = 20;
        for (int limit : List.of(1, 2, 8, others, 100)) {
            for (int i = 0; i < others; i++) {
                inserted(other.apply(limit + "-" + i, i).dueAt(waiting(size + i)));
            }
            int most = (others + limit - 1) / limit + 1;
            int served = 0;
            for (int claim = 0; claim < most; claim++) {
                for (StoredRecord record : claiming.claim(kind(), LEASE, limit)) {
                    boolean blocked = ofBacklog.test(record);
                    replaced(record.next().dueAt(blocked ? waiting(0) : null));
                    served += blocked ? 0 : 1;
                }
            }
            assertEquals(
                    others,
                    served,
                    most + " claims of " + limit + " beside a backlog of " + size
                            + " records should return all records of the others");
        }
    }

    /** RC-2: of one lookup the earliest come first, and the lower id first where due times are equal. */
    @Test
    @Rule(
            value = "Of one lookup value the earliest come first, and the lower id first where due times are equal.",
            change = "Order the records of a lookup value by due time and then by id.")
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
    @Rule(
            value =
                    "A batch returns true for what it replaced and false for what it refused, in the order given, and a refusal holds up no other record.",
            change = "Replace each record by its own version, and map the changed rows back to the places in the list.")
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
                        nextA)),
                "replaceAll of a good, a stale, a missing and a good record should return this, in this order");
        assertStored(nextZ);
        assertStored(newer);
        assertStored(nextA);
        assertStored(foreign);
        assertEquals(List.of(), claiming.replaceAll(List.of()), "replaceAll of nothing should return nothing");
    }

    /** RC-4: when a unique key is taken, nothing of the batch is kept. */
    @Test
    @Rule(
            value =
                    "When a unique key of a batch is taken, the store throws StoreException and nothing of the batch is kept.",
            change = "Write the batch in one transaction, and roll it back when the unique index refuses a row.")
    public void optional_RC04_takenKeyChangesNothing() {
        ClaimingStore claiming = claiming();
        StoredRecord holder = inserted(record("holder").uniqueKey("key"));
        StoredRecord first = inserted(record("a"));
        StoredRecord second = inserted(record("b"));
        List<StoredRecord> batch = List.of(
                first.next().payload(bytes("changed")).build(),
                second.next().uniqueKey("key").build());
        assertThrows(
                StoreException.class,
                () -> claiming.replaceAll(batch),
                "replaceAll with the unique key of another record should throw");
        assertStored(holder);
        assertStored(first);
        assertStored(second);
    }

    /** RC-4: eight threads that add one to the same records in different order lose no addition and end. */
    @Test
    @Rule(
            value = "Threads that write the same records in different order lose no update, and end.",
            change =
                    "Compare the version of each record in its UPDATE, write a batch in one order of ids whatever order it was given in, and repeat it after a deadlock.")
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
                    StoredRecord read = found(mine, ids.get((place + thread) % ids.size()));
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
            stored += Integer.parseInt(text(found(store(), id)));
        }
        assertEquals(
                added.stream().mapToInt(Integer::intValue).sum(),
                stored,
                "the stored numbers should be the sum of all additions that returned true");
    }

    /** RC-5: the clock runs, is one for all nodes, and is the one that leases are by. */
    @Test
    @Rule(
            value = "The clock of the store runs, is the same for all nodes, and is the one that leases are set by.",
            change =
                    "Return the database's clock from now(), with milliseconds, and compute leases from the same expression.")
    public void optional_RC05_oneClockForNodesAndLeases() {
        ClaimingStore claiming = claiming();
        inserted(record("id").dueAt(waiting(0)));
        Instant before = claiming.now();
        Instant lease = only(claiming(node()).claim(kind(), LEASE, 1)).dueAt().orElseThrow();
        Instant after = claiming(node()).now();
        assertTrue(
                !lease.isBefore(before.plus(LEASE)),
                () -> "a lease of one hour should end at " + before.plus(LEASE)
                        + " or later, as now() said before the claim, but ends at " + lease);
        assertTrue(
                !lease.isAfter(after.plus(LEASE)),
                () -> "a lease of one hour should end at " + after.plus(LEASE)
                        + " or earlier, as now() of another node said after the claim, but ends at " + lease);
        long deadline = System.nanoTime() + PATIENCE;
        while (!claiming.now().isAfter(before)) {
            assertTrue(
                    System.nanoTime() < deadline,
                    "now() should return a later moment after a while, but stands still at " + before);
        }
    }

    /** RN-1: a store that counts tells open and due work by status, over all tenants, and nothing of what is finished. */
    @Test
    @Rule(
            value = "Open and due work is counted by status over all tenants, without what is finished.",
            change =
                    "Count the rows of the kind that have a due time, GROUP BY status, without a tenant; the earliest moment is that of due rows only.")
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
                Set.copyOf(((CountingStore) store()).open(kind(), NOON)),
                "open should count the work of all tenants by status, and return the earliest moment of what is due");
    }

    private static StoredRecord only(List<StoredRecord> records) {
        assertEquals(
                1, records.size(), () -> "a claim should return the one due record, but returned " + places(records));
        return records.get(0);
    }

    private static Map<String, Integer> perTenant(List<StoredRecord> records) {
        Map<String, Integer> counts = new TreeMap<>();
        records.forEach(record -> counts.merge(record.tenant().value(), 1, Integer::sum));
        return counts;
    }
}
