package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.StoreException;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RS-1, RS-4 and RS-5 with one writer. */
abstract class WriteRules<S extends RecordStore> extends StoreFixture<S> {
    private static final int KILLS = 3;
    private static final int WRITES_BEFORE_KILL = 50;

    WriteRules() {}

    /** RS-1: every column comes back as it was given. */
    @Test
    @Rule(
            value = "Every column of an inserted record comes back as it was given.",
            change =
                    "Write and read all columns: empty text stays empty and does not become null, a null stays null, and times keep their milliseconds.")
    public void required_RS01_insertedColumnsAreKept() {
        assertStored(inserted(record("full")
                .uniqueKey("key")
                .lookup("lookup")
                .dueAt(NOON.plusMillis(789))
                .attentionAt(NOON.plusMillis(321))));
        assertStored(inserted(StoredRecord.builder(TENANT, kind(), "bare")
                .payload(new byte[0])
                .status("")));
    }

    /** RS-1: the longest values, in any script, are kept whole. */
    @Test
    @Rule(
            value = "The longest values of every column are kept whole, in any script.",
            change =
                    "Make the columns wide enough (tenant, id, user and lookup 128 characters, unique key 255, status 40), count in characters, and use a full Unicode encoding such as utf8mb4.")
    public void required_RS01_longestColumnsAreKept() {
        assertStored(
                inserted(StoredRecord.builder(new io.linkspan.TenantId("t".repeat(128)), kind(), "\u65e5".repeat(128))
                        .user("\u00fc".repeat(128))
                        .uniqueKey("k".repeat(253) + "\ud83d\ude80")
                        .lookup("\u0416".repeat(128))
                        .status("S".repeat(40))));
    }

    /** RS-1: a payload is bytes, not text, and may be large. */
    @Test
    @Rule(
            value = "A payload is bytes, not text, and may be large.",
            change =
                    "Keep the payload in a binary column such as BYTEA, MEDIUMBLOB or VARBINARY that holds 1 MiB, and bind it as bytes.")
    public void required_RS01_payloadIsKeptByteForByte() {
        byte[] payload = new byte[200_000];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31 + i / 256);
        }
        assertStored(inserted(record("large").payload(payload)));
    }

    /** RS-1: a taken id is refused and its record stays, so that two nodes cannot both create it. */
    @Test
    @Rule(
            value =
                    "An insert with a taken id returns false and changes nothing, so that two nodes cannot both create a record.",
            change =
                    "Give (tenant, kind, id) a primary key or unique index, and return false when it refuses the row; never overwrite.")
    public void required_RS01_takenIdIsRefused() {
        StoredRecord first = inserted(record("taken").uniqueKey("first"));
        refused(
                store().insert(record("taken")
                        .uniqueKey("second")
                        .payload(bytes("second"))
                        .build()),
                "insert of a taken id");
        assertStored(first);
        assertNotFound(
                store().findByKey(TENANT, kind(), "second"), "findByKey for the unique key of the refused record");
    }

    /** RS-1: a taken unique key is refused and nothing is left behind, so that one post cannot be accepted twice. */
    @Test
    @Rule(
            value =
                    "An insert with a taken unique key returns false and leaves nothing behind, so that one post cannot be accepted twice.",
            change = "Give (tenant, kind, unique key) a unique index, and return false when it refuses the row.")
    public void required_RS01_takenKeyIsRefused() {
        StoredRecord first = inserted(record("first").uniqueKey("key"));
        StoredRecord second = record("second").uniqueKey("key").build();
        refused(store().insert(second), "insert of a free id with a taken unique key");
        assertAbsent(second);
        assertStored(first);
    }

    /** RS-1: ids and keys of another tenant or kind are free, so that tenants cannot block each other. */
    @Test
    @Rule(
            value = "An id and a unique key that another tenant or kind uses are free.",
            change = "Begin the primary key and the unique index of the key with tenant and kind.")
    public void required_RS01_sameIdAndKeyAreFreeElsewhere() {
        StoredRecord mine = inserted(record("id").uniqueKey("key"));
        StoredRecord theirs = inserted(record(OTHER_TENANT, "id").uniqueKey("key"));
        StoredRecord otherKind =
                inserted(StoredRecord.builder(TENANT, otherKind(), "id").uniqueKey("key"));
        assertStored(mine);
        assertStored(theirs);
        assertStored(otherKind);
    }

    /** RS-1: records without a unique key do not stand in each other's way. */
    @Test
    @Rule(
            value = "Any number of records may have no unique key.",
            change =
                    "Let the unique index ignore missing keys: store null and not an empty text, and use a partial index where the database counts nulls as equal.")
    public void required_RS01_absentKeysDoNotCollide() {
        assertStored(inserted(record("one")));
        assertStored(inserted(record("two")));
    }

    /**
     * RS-1 and RS-4: what was acknowledged is there after the store was closed and opened again.
     *
     * @throws Exception when the store cannot be opened again
     */
    @Test
    @Rule(
            value = "A write that returned true is there after the store was closed and opened again.",
            change = "Commit before insert, replace and delete return, and keep the data outside of the process.")
    public void optional_RS01_acknowledgedWritesSurviveReopening() throws Exception {
        StoredRecord kept = inserted(record("kept").uniqueKey("key").dueAt(NOON));
        StoredRecord changed = replaced(inserted(record("changed")).next().payload(bytes("changed")));
        StoredRecord gone = inserted(record("gone"));
        deleted(gone);
        Optional<S> reopened = reopened();
        assumeTrue(reopened.isPresent(), "skipped: reopened() is not implemented, so durability was not tried");
        S again = reopened.orElseThrow();
        assertFound(kept, again.find(TENANT, kind(), "kept"), "find of an inserted record after reopening");
        assertFound(changed, again.find(TENANT, kind(), "changed"), "find of a replaced record after reopening");
        assertNotFound(again.find(TENANT, kind(), "gone"), "find of a deleted record after reopening");
    }

    /**
     * RS-1 and RS-4: what was acknowledged to a process that is then killed without warning is there.
     *
     * @throws Exception when the process cannot be started
     */
    @Test
    @Rule(
            value = "A write that returned true is there after the process was killed.",
            change =
                    "Commit to durable storage before the call returns; do not write behind or in batches of your own.")
    public void optional_RS01_acknowledgedWritesSurviveAKill() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Optional<Process> writer = crashWriter();
            assumeTrue(writer.isPresent(), "skipped: crashWriter() is not implemented, so kill -9 was not tried");
            List<String> acknowledged =
                    KilledWriter.acknowledged(writer.orElseThrow(), WRITES_BEFORE_KILL * (kill + 1));
            S again = reopened().orElse(store());
            for (String line : acknowledged) {
                int space = line.indexOf(' ');
                long version = again.find(CrashWriter.TENANT, CrashWriter.kind(again), line.substring(space + 1))
                        .orElseThrow(() -> new AssertionError(
                                "find should return the record that the killed process wrote: version and id " + line))
                        .version();
                assertTrue(
                        version >= Long.parseLong(line.substring(0, space)),
                        () -> "the killed process wrote a newer version than the stored one, " + version
                                + ": version and id " + line);
            }
        }
    }

    /** RS-4: a replacement brings every column. */
    @Test
    @Rule(
            value = "A replacement brings every column, also those that become empty or null.",
            change =
                    "Set all columns in the UPDATE: version, user, unique key, lookup, status, due time, attention time and payload.")
    public void required_RS04_everyColumnIsReplaced() {
        StoredRecord first = inserted(
                record("id").uniqueKey("key").lookup("lookup").dueAt(NOON).status("READY"));
        StoredRecord second = replaced(first.next()
                .user("user-2")
                .uniqueKey("key-2")
                .lookup("lookup-2")
                .status("WORKING")
                .dueAt(NOON.plusSeconds(5))
                .attentionAt(NOON.plusSeconds(6))
                .payload(bytes("second")));
        assertStored(second);
        assertStored(replaced(second.next()
                .user("")
                .uniqueKey(null)
                .lookup(null)
                .status("")
                .dueAt(null)
                .attentionAt(null)
                .payload(new byte[0])));
    }

    /** RS-4: of two writers that read the same version the second loses, knows it, and changes nothing. */
    @Test
    @Rule(
            value = "Of two writers that read the same version, the second is refused and changes nothing.",
            change =
                    "Put the version before (next.version() - 1) into the WHERE of the one UPDATE, and return whether it changed a row.")
    public void required_RS04_staleVersionIsRefused() {
        StoredRecord first = inserted(record("id"));
        StoredRecord winner = replaced(first.next().payload(bytes("winner")));
        refused(
                store().replace(first.next().payload(bytes("loser")).build()),
                "replace with a version that another writer has written already");
        assertStored(winner);
    }

    /** RS-4: a version that skips one is refused. */
    @Test
    @Rule(
            value = "A replacement whose version skips one is refused.",
            change = "Compare the stored version with next.version() - 1 by equality, not by less-than.")
    public void required_RS04_futureVersionIsRefused() {
        StoredRecord first = inserted(record("id"));
        refused(
                store().replace(first.next().version(3).payload(bytes("early")).build()),
                "replace of version 1 with version 3");
        assertStored(first);
    }

    /** RS-4: a missing record is not created, so that a deleted one does not come back. */
    @Test
    @Rule(
            value = "A replacement never creates a record, so that a deleted one does not come back.",
            change = "Use an UPDATE, not an upsert, and return false when no row matched.")
    public void required_RS04_missingRecordIsRefused() {
        StoredRecord missing = record("missing").version(2).build();
        refused(store().replace(missing), "replace of a record that is not stored");
        assertAbsent(missing);
    }

    /** RS-4: a replacement touches neither the same id of another tenant nor that of another kind. */
    @Test
    @Rule(
            value = "A replacement touches neither the same id of another tenant nor that of another kind.",
            change = "Put tenant, kind and id into the WHERE of the UPDATE.")
    public void required_RS04_otherTenantAndKindAreUntouched() {
        StoredRecord mine = inserted(record("id"));
        StoredRecord theirs = inserted(record(OTHER_TENANT, "id"));
        StoredRecord otherKind = inserted(StoredRecord.builder(TENANT, otherKind(), "id"));
        assertStored(replaced(theirs.next().payload(bytes("changed"))));
        assertStored(mine);
        assertStored(otherKind);
    }

    /** RS-4: a key held by another record is not taken over: the store refuses or throws, and both records stay. */
    @Test
    @Rule(
            value =
                    "A replacement cannot take over a unique key that another record holds: the store returns false or throws StoreException, and both records stay.",
            change = "Let the unique index refuse the UPDATE, and roll it back.")
    public void required_RS04_foreignKeyIsNotTakenOver() {
        StoredRecord holder = inserted(record("holder").uniqueKey("key"));
        StoredRecord other = inserted(record("other"));
        boolean taken;
        try {
            taken = store().replace(other.next().uniqueKey("key").build());
        } catch (StoreException e) {
            taken = false;
        }
        refused(taken, "replace with the unique key of another record");
        assertStored(holder);
        assertStored(other);
    }

    /** RS-5: a deleted record is gone, and its id and key are free again. */
    @Test
    @Rule(
            value = "A deleted record is gone, and its id and unique key are free again.",
            change =
                    "Delete the row; a mark in a column (soft delete) keeps its id and key taken. Return false when no row matched.")
    public void required_RS05_deletedRecordIsGone() {
        StoredRecord record = inserted(record("id").uniqueKey("key"));
        deleted(record);
        assertAbsent(record);
        assertNotFound(store().findByKey(TENANT, kind(), "key"), "findByKey for the unique key of a deleted record");
        refused(store().delete(record), "a second delete of the same record");
        assertStored(inserted(record("id").uniqueKey("key")));
    }

    /** RS-5: a record that changed since it was read is not deleted. */
    @Test
    @Rule(
            value = "A record that changed since it was read is not deleted.",
            change = "Put record.version() into the WHERE of the DELETE, and return whether it removed a row.")
    public void required_RS05_staleVersionIsRefused() {
        StoredRecord read = inserted(record("id"));
        StoredRecord changed = replaced(read.next().payload(bytes("changed")));
        refused(store().delete(read), "delete of a version that was replaced since it was read");
        assertStored(changed);
        deleted(changed);
    }

    /** RS-5: the same id of another tenant or kind stays. */
    @Test
    @Rule(
            value = "A delete touches neither the same id of another tenant nor that of another kind.",
            change = "Put tenant, kind and id into the WHERE of the DELETE.")
    public void required_RS05_otherTenantAndKindAreUntouched() {
        StoredRecord mine = inserted(record("id"));
        StoredRecord theirs = inserted(record(OTHER_TENANT, "id"));
        StoredRecord otherKind = inserted(StoredRecord.builder(TENANT, otherKind(), "id"));
        deleted(theirs);
        assertStored(mine);
        assertStored(otherKind);
        refused(store().delete(theirs), "a second delete of another tenant's record");
        assertStored(mine);
    }
}
