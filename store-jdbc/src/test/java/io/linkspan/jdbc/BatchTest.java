package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the contract kit does not ask of batches. */
class BatchTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String[] SERIALIZATION_FAILURES = {"40001", "40P01"};

    abstract static class Rules {
        abstract TestPool.Source emptyDatabase();

        private JobStore migrated(TestPool pool) {
            JdbcStores.migrate(pool);
            return JdbcStores.create(pool).jobs();
        }

        @Test
        void moreBytesThanOneStatementTakes_areReplacedInOneStep() {
            JobStore jobs = migrated(new TestPool(emptyDatabase(), true));
            List<StoredRecord> next = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                StoredRecord record = TestRecords.job("id-" + i).build();
                assertTrue(jobs.insert(record));
                next.add(record.next()
                        .payload(new byte[Columns.LONGEST_PAYLOAD])
                        .status("DONE")
                        .build());
            }
            assertTrue(jobs.replace(next.get(7)));
            List<Boolean> replaced = ((ClaimingStore) jobs).replaceAll(next);
            for (int i = 0; i < 20; i++) {
                assertEquals(i != 7, replaced.get(i), "record " + i);
                assertEquals(
                        "DONE",
                        jobs.find(TestRecords.TENANT, RecordKind.JOB, "id-" + i)
                                .orElseThrow()
                                .status());
            }
        }

        @Test
        void recordTwiceInABatch_isReplacedTwice() {
            JobStore jobs = migrated(new TestPool(emptyDatabase(), true));
            StoredRecord first = TestRecords.job("id").build();
            assertTrue(jobs.insert(first));
            StoredRecord second = first.next().build();
            assertEquals(
                    List.of(true, true, false),
                    ((ClaimingStore) jobs)
                            .replaceAll(List.of(second, second.next().build(), second)));
            assertEquals(
                    3,
                    jobs.find(TestRecords.TENANT, RecordKind.JOB, "id")
                            .orElseThrow()
                            .version());
        }

        @Test
        void serializationFailure_isRepeated() {
            TestPool.Source source = emptyDatabase();
            JobStore jobs = migrated(new TestPool(source, true));
            for (String state : SERIALIZATION_FAILURES) {
                assertTrue(jobs.insert(
                        TestRecords.job(state).dueAt(TestRecords.NOON).build()));
                ClaimingStore failing =
                        (ClaimingStore) JdbcStores.create(new TestPool(failingOnce(source, state), true))
                                .jobs();
                List<StoredRecord> claimed = failing.claim(RecordKind.JOB, LEASE, 10);
                assertEquals(1, claimed.size(), state);
                ClaimingStore failingAgain =
                        (ClaimingStore) JdbcStores.create(new TestPool(failingOnce(source, state), true))
                                .jobs();
                assertEquals(
                        List.of(true),
                        failingAgain.replaceAll(
                                List.of(claimed.get(0).next().dueAt(null).build())),
                        state);
            }
        }

        @Test
        void poolWithAutocommitOff_claimsAndReplacesDurably() {
            TestPool.Source source = emptyDatabase();
            JobStore other = migrated(new TestPool(source, true));
            assertTrue(
                    other.insert(TestRecords.job("id").dueAt(TestRecords.NOON).build()));
            ClaimingStore jobs = (ClaimingStore) JdbcStores.builder(new TestPool(source, false))
                    .openTransaction(OpenTransaction.COMMIT)
                    .build()
                    .jobs();
            List<StoredRecord> claimed = jobs.claim(RecordKind.JOB, LEASE, 10);
            assertEquals(
                    claimed,
                    List.of(other.find(TestRecords.TENANT, RecordKind.JOB, "id").orElseThrow()));
            StoredRecord done = claimed.get(0).next().dueAt(null).build();
            assertEquals(List.of(true), jobs.replaceAll(List.of(done)));
            assertEquals(
                    done, other.find(TestRecords.TENANT, RecordKind.JOB, "id").orElseThrow());
        }
    }

    /** As the loser on an engine with several primaries sees it: the commit fails. */
    private static TestPool.Source failingOnce(TestPool.Source source, String state) {
        AtomicInteger commits = new AtomicInteger();
        return () -> {
            Connection connection = source.open();
            return (Connection) Proxy.newProxyInstance(
                    BatchTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("commit") && commits.getAndIncrement() == 0) {
                            throw new SQLException("lost", state);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        };
    }

    @Nested
    class OnH2 extends Rules {
        @Override
        TestPool.Source emptyDatabase() {
            return TestDatabases.h2Source();
        }
    }

    @Nested
    class OnMariaDb extends Rules {
        @Override
        TestPool.Source emptyDatabase() {
            return TestDatabases.mariaDbSource();
        }
    }

    @Nested
    class OnPostgres extends Rules {
        @Override
        TestPool.Source emptyDatabase() {
            return TestDatabases.postgresSource();
        }
    }
}
