package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    public void required_RS01_payloadIsKeptByteForByte() {
        byte[] payload = new byte[200_000];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31 + i / 256);
        }
        assertStored(inserted(record("large").payload(payload)));
    }

    /** RS-1: a taken id is refused and its record stays, so that two nodes cannot both create it. */
    @Test
    public void required_RS01_takenIdIsRefused() {
        StoredRecord first = inserted(record("taken").uniqueKey("first"));
        assertFalse(store().insert(record("taken")
                .uniqueKey("second")
                .payload(bytes("second"))
                .build()));
        assertStored(first);
        assertEquals(Optional.empty(), store().findByKey(TENANT, kind(), "second"));
    }

    /** RS-1: a taken unique key is refused and nothing is left behind, so that one post cannot be accepted twice. */
    @Test
    public void required_RS01_takenKeyIsRefused() {
        StoredRecord first = inserted(record("first").uniqueKey("key"));
        StoredRecord second = record("second").uniqueKey("key").build();
        assertFalse(store().insert(second));
        assertEquals(Optional.empty(), find(second));
        assertStored(first);
    }

    /** RS-1: ids and keys of another tenant or kind are free, so that tenants cannot block each other. */
    @Test
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
    public void optional_RS01_acknowledgedWritesSurviveReopening() throws Exception {
        StoredRecord kept = inserted(record("kept").uniqueKey("key").dueAt(NOON));
        StoredRecord changed = replaced(inserted(record("changed")).next().payload(bytes("changed")));
        StoredRecord gone = inserted(record("gone"));
        assertTrue(store().delete(gone));
        Optional<S> reopened = reopened();
        assumeTrue(reopened.isPresent(), "skipped: reopened() is not implemented, so durability was not tried");
        S again = reopened.orElseThrow();
        assertSame(kept, again.find(TENANT, kind(), "kept").orElseThrow());
        assertSame(changed, again.find(TENANT, kind(), "changed").orElseThrow());
        assertEquals(Optional.empty(), again.find(TENANT, kind(), "gone"));
    }

    /**
     * RS-1 and RS-4: what was acknowledged to a process that is then killed without warning is there.
     *
     * @throws Exception when the process cannot be started
     */
    @Test
    public void optional_RS01_acknowledgedWritesSurviveAKill() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Optional<Process> writer = crashWriter();
            assumeTrue(writer.isPresent(), "skipped: crashWriter() is not implemented, so kill -9 was not tried");
            List<String> acknowledged =
                    KilledWriter.acknowledged(writer.orElseThrow(), WRITES_BEFORE_KILL * (kill + 1));
            S again = reopened().orElse(store());
            for (String line : acknowledged) {
                int space = line.indexOf(' ');
                long version = again.find(CrashWriter.TENANT, kind(), line.substring(space + 1))
                        .orElseThrow(() -> new AssertionError("lost after kill -9: " + line))
                        .version();
                assertTrue(version >= Long.parseLong(line.substring(0, space)), () -> "lost after kill -9: " + line);
            }
        }
    }

    /** RS-4: a replacement brings every column. */
    @Test
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
    public void required_RS04_staleVersionIsRefused() {
        StoredRecord first = inserted(record("id"));
        StoredRecord winner = replaced(first.next().payload(bytes("winner")));
        assertFalse(store().replace(first.next().payload(bytes("loser")).build()));
        assertStored(winner);
    }

    /** RS-4: a version that skips one is refused. */
    @Test
    public void required_RS04_futureVersionIsRefused() {
        StoredRecord first = inserted(record("id"));
        assertFalse(
                store().replace(first.next().version(3).payload(bytes("early")).build()));
        assertStored(first);
    }

    /** RS-4: a missing record is not created, so that a deleted one does not come back. */
    @Test
    public void required_RS04_missingRecordIsRefused() {
        StoredRecord missing = record("missing").version(2).build();
        assertFalse(store().replace(missing));
        assertEquals(Optional.empty(), find(missing));
    }

    /** RS-4: a replacement touches neither the same id of another tenant nor that of another kind. */
    @Test
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
    public void required_RS04_foreignKeyIsNotTakenOver() {
        StoredRecord holder = inserted(record("holder").uniqueKey("key"));
        StoredRecord other = inserted(record("other"));
        boolean taken;
        try {
            taken = store().replace(other.next().uniqueKey("key").build());
        } catch (StoreException e) {
            taken = false;
        }
        assertFalse(taken);
        assertStored(holder);
        assertStored(other);
    }

    /** RS-5: a deleted record is gone, and its id and key are free again. */
    @Test
    public void required_RS05_deletedRecordIsGone() {
        StoredRecord record = inserted(record("id").uniqueKey("key"));
        assertTrue(store().delete(record));
        assertEquals(Optional.empty(), find(record));
        assertEquals(Optional.empty(), store().findByKey(TENANT, kind(), "key"));
        assertFalse(store().delete(record), "second delete");
        assertStored(inserted(record("id").uniqueKey("key")));
    }

    /** RS-5: a record that changed since it was read is not deleted. */
    @Test
    public void required_RS05_staleVersionIsRefused() {
        StoredRecord read = inserted(record("id"));
        StoredRecord changed = replaced(read.next().payload(bytes("changed")));
        assertFalse(store().delete(read));
        assertStored(changed);
        assertTrue(store().delete(changed));
    }

    /** RS-5: the same id of another tenant or kind stays. */
    @Test
    public void required_RS05_otherTenantAndKindAreUntouched() {
        StoredRecord mine = inserted(record("id"));
        StoredRecord theirs = inserted(record(OTHER_TENANT, "id"));
        StoredRecord otherKind = inserted(StoredRecord.builder(TENANT, otherKind(), "id"));
        assertTrue(store().delete(theirs));
        assertStored(mine);
        assertStored(otherKind);
        assertFalse(store().delete(theirs), "a foreign record was deleted instead");
        assertStored(mine);
    }
}
