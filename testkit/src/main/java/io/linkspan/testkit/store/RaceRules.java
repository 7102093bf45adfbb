package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RS-1, RS-4 and RS-5 with eight writers at once. */
abstract class RaceRules<S extends RecordStore> extends ReadRules<S> {
    private static final int ROUNDS = 25;
    private static final int ATTEMPTS = 60;
    private static final int INCREMENTS = 20;

    RaceRules() {}

    /** RS-1: of many that create one id exactly one is told it did, and its record is the stored one. */
    @Test
    @Rule(
            value =
                    "Of many that insert one id at the same time exactly one gets true, and its record is the stored one.",
            change =
                    "Insert in one statement and let the primary key decide; a SELECT before the INSERT decides nothing.")
    public void stochastic_RS01_oneWriterWinsAnId() {
        S node = node();
        for (int round = 0; round < ROUNDS; round++) {
            String id = numbered("id", round);
            List<Boolean> won = Together.run(thread -> (thread % 2 == 0 ? store() : node)
                    .insert(record(id).payload(bytes("by " + thread)).build()));
            assertEquals(1, won.stream().filter(one -> one).count(), "exactly one insert of an id should return true");
            StoredRecord stored = found(store(), id);
            assertEquals(
                    "by " + won.indexOf(true),
                    text(stored),
                    "the stored record should be that of the insert which returned true");
        }
    }

    /** RS-1: of many that create records under one key exactly one is told it did, so that one post has one publication. */
    @Test
    @Rule(
            value =
                    "Of many that insert under one unique key at the same time exactly one gets true, so that one post has one publication.",
            change =
                    "Insert in one statement and let the unique index decide; a SELECT before the INSERT decides nothing.")
    public void stochastic_RS01_oneWriterWinsAKey() {
        S node = node();
        for (int round = 0; round < ROUNDS; round++) {
            String key = numbered("key", round);
            List<Boolean> won = Together.run(thread -> (thread % 2 == 0 ? store() : node)
                    .insert(record(key + "-" + thread).uniqueKey(key).build()));
            assertEquals(
                    1,
                    won.stream().filter(one -> one).count(),
                    "exactly one insert under a unique key should return true");
            for (int thread = 0; thread < Together.THREADS; thread++) {
                assertEquals(
                        won.get(thread),
                        store().find(TENANT, kind(), key + "-" + thread).isPresent(),
                        "a record should be stored exactly when its insert returned true");
            }
        }
    }

    /** RS-4: reads and replacements of one record by eight threads on two nodes fit one order in real time. */
    @Test
    @Rule(
            value = "Reads and replacements of one record by several threads on two nodes fit one order in real time.",
            change =
                    "Replace in one UPDATE with the version before in its WHERE, take the row count as the answer, and read from the primary without a cache.")
    public void stochastic_RS04_concurrentReplacesAreLinearizable() {
        inserted(record("id").payload(bytes("first")));
        S node = node();
        CasHistory history = new CasHistory();
        Together.run(thread -> {
            S mine = thread % 2 == 0 ? store() : node;
            for (int i = 0; i < ATTEMPTS; i++) {
                long acknowledged = history.newestAcknowledged();
                StoredRecord read = found(mine, "id");
                assertTrue(
                        read.version() >= acknowledged,
                        () -> "find should return version " + acknowledged
                                + " or a newer one, which was acknowledged before the call, but returned version "
                                + read.version());
                StoredRecord next = read.next().payload(bytes(thread + "/" + i)).build();
                long begun = history.ticket();
                history.add(mine.replace(next), next.version(), text(next), begun);
            }
            return thread;
        });
        StoredRecord last = found(store(), "id");
        history.check(last.version(), text(last));
    }

    /** RS-4: eight threads that each add one, again when refused, lose no addition. */
    @Test
    @Rule(
            value = "Threads that each add one, and try again when refused, lose no addition.",
            change =
                    "Replace in one UPDATE with the version before in its WHERE, and return false when no row matched.")
    public void stochastic_RS04_noUpdateIsLost() {
        inserted(record("counter").payload(bytes("0")));
        S node = node();
        Together.run(thread -> {
            S mine = thread % 2 == 0 ? store() : node;
            for (int i = 0; i < INCREMENTS; i++) {
                boolean added = false;
                while (!added) {
                    StoredRecord read = found(mine, "counter");
                    int sum = Integer.parseInt(text(read)) + 1;
                    added = mine.replace(
                            read.next().payload(bytes(Integer.toString(sum))).build());
                }
            }
            return thread;
        });
        StoredRecord last = found(store(), "counter");
        assertEquals(
                Together.THREADS * INCREMENTS,
                Integer.parseInt(text(last)),
                "the stored number should be the sum of all additions");
    }

    /** RS-5: of many that delete one version exactly one is told it did. */
    @Test
    @Rule(
            value = "Of many that delete one version at the same time exactly one gets true.",
            change = "Delete in one statement with the version in its WHERE, and take the row count as the answer.")
    public void stochastic_RS05_oneWriterDeletes() {
        S node = node();
        for (int round = 0; round < ROUNDS; round++) {
            StoredRecord record = inserted(record(numbered("id", round)));
            List<Boolean> deleted = Together.run(thread -> (thread % 2 == 0 ? store() : node).delete(record));
            assertEquals(
                    1,
                    deleted.stream().filter(one -> one).count(),
                    "exactly one delete of a version should return true");
        }
    }
}
