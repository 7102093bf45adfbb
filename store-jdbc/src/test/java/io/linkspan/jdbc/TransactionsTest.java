package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.StoreException;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private static final StoredRecord JOB =
            TestRecords.job("id").uniqueKey("key").build();

    abstract static class Rules {
        abstract TestPool.Source emptyDatabase();

        @Test
        void autocommitOff_isRefusedUnlessChosen() {
            TestPool.Source source = emptyDatabase();
            JdbcStores.migrate(new TestPool(source, true));
            TestPool off = new TestPool(source, false);
            StoreException refused = assertThrows(StoreException.class, () -> JdbcStores.create(off));
            assertTrue(refused.getMessage().contains("autocommit off"), refused.getMessage());
            assertEquals(0, off.lent());
        }

        @Test
        void autocommitOff_withCommit_isDurableOnReturn() {
            TestPool.Source source = emptyDatabase();
            TestPool off = new TestPool(source, false);
            JdbcStores.migrate(off);
            JobStore jobs = JdbcStores.builder(off)
                    .openTransaction(OpenTransaction.COMMIT)
                    .build()
                    .jobs();
            assertTrue(jobs.insert(JOB));
            assertFalse(jobs.insert(JOB));
            assertTrue(jobs.replace(JOB.next().status("SECOND").build()));
            JobStore other = JdbcStores.create(new TestPool(source, true)).jobs();
            assertEquals(
                    2,
                    other.find(JOB.tenant(), RecordKind.JOB, "id").orElseThrow().version());
            assertEquals(0, off.lent());
        }

        @Test
        void hostsTransaction_isJoinedAndRolledBackTogether() throws Exception {
            TestPool.Source source = emptyDatabase();
            TestPool pool = new TestPool(source, true);
            JdbcStores.migrate(pool);
            TestDatabases.execute(pool, "CREATE TABLE host_order (id INTEGER)");
            try (Connection transaction = source.open();
                    Statement host = transaction.createStatement()) {
                transaction.setAutoCommit(false);
                JobStore joined = JdbcStores.builder(new OneConnection(transaction))
                        .openTransaction(OpenTransaction.JOIN)
                        .build()
                        .jobs();
                host.execute("INSERT INTO host_order VALUES (1)");
                assertTrue(joined.insert(JOB));
                assertFalse(joined.insert(JOB), "a taken id leaves the host's transaction usable");
                host.execute("INSERT INTO host_order VALUES (2)");
                transaction.rollback();
                assertTrue(JdbcStores.create(pool)
                        .jobs()
                        .find(JOB.tenant(), JOB.kind(), "id")
                        .isEmpty());
                assertTrue(joined.insert(JOB));
                transaction.commit();
            }
            assertTrue(JdbcStores.create(pool)
                    .jobs()
                    .find(JOB.tenant(), JOB.kind(), "id")
                    .isPresent());
        }

        @Test
        void everyCall_givesItsConnectionBack() {
            TestPool pool = new TestPool(emptyDatabase(), true);
            JdbcStores.migrate(pool);
            JobStore jobs = JdbcStores.create(pool).jobs();
            jobs.insert(JOB);
            jobs.insert(JOB);
            jobs.find(JOB.tenant(), JOB.kind(), "id");
            jobs.due(JOB.kind(), TestRecords.NOON, 10);
            StoredRecord other = TestRecords.job("other").build();
            jobs.insert(other);
            StoreException taken = assertThrows(
                    StoreException.class,
                    () -> jobs.replace(other.next().uniqueKey("key").build()));
            assertTrue(taken.getMessage().contains("the unique key is taken by another record"), taken.getMessage());
            TestDatabases.execute(pool, "DROP TABLE linkspan_job_record");
            assertThrows(StoreException.class, () -> jobs.delete(JOB));
            assertThrows(StoreException.class, () -> jobs.due(JOB.kind(), TestRecords.NOON, 10));
            assertTrue(pool.taken() > 8);
            assertEquals(0, pool.lent());
        }

        @Test
        void editedRow_isNamedAndOthersGoOn() {
            TestPool pool = new TestPool(emptyDatabase(), true);
            JdbcStores.migrate(pool);
            JobStore jobs = JdbcStores.create(pool).jobs();
            jobs.insert(TestRecords.job("bad").dueAt(TestRecords.NOON).build());
            jobs.insert(TestRecords.job("good").dueAt(TestRecords.NOON).build());
            TestDatabases.execute(pool, "UPDATE linkspan_job_record SET tenant = ' ' WHERE id = 'bad'");
            assertEquals(1, jobs.due(RecordKind.JOB, TestRecords.NOON, 10).size());
            assertEquals(
                    1,
                    ((ClaimingStore) jobs)
                            .claim(RecordKind.JOB, Duration.ofMinutes(1), 10)
                            .size());
        }

        @Test
        void claimInAHostsTransaction_isUndoneWithIt() throws Exception {
            TestPool.Source source = emptyDatabase();
            TestPool pool = new TestPool(source, true);
            JdbcStores.migrate(pool);
            JobStore jobs = JdbcStores.create(pool).jobs();
            jobs.insert(TestRecords.job("id").dueAt(TestRecords.NOON).build());
            try (Connection transaction = source.open()) {
                transaction.setAutoCommit(false);
                transaction.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                ClaimingStore joined = (ClaimingStore) JdbcStores.builder(new OneConnection(transaction))
                        .openTransaction(OpenTransaction.JOIN)
                        .build()
                        .jobs();
                assertEquals(
                        1, joined.claim(RecordKind.JOB, Duration.ofHours(1), 10).size());
                transaction.rollback();
            }
            assertEquals(
                    1,
                    ((ClaimingStore) jobs)
                            .claim(RecordKind.JOB, Duration.ofHours(1), 10)
                            .size());
            assertEquals(0, pool.lent());
        }
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

    @Test
    void readOnlyDatabase_isSaid() {
        TestPool.Source source = TestDatabases.postgresSource();
        JdbcStores.migrate(new TestPool(source, true));
        TestPool readOnly = new TestPool(
                () -> {
                    Connection connection = source.open();
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SET default_transaction_read_only = on");
                    }
                    return connection;
                },
                true);
        JobStore jobs = JdbcStores.create(readOnly).jobs();
        StoreException refused = assertThrows(StoreException.class, () -> jobs.insert(JOB));
        assertEquals(
                "insert of JOB id in linkspan_job_record failed (SQLSTATE 25006, code 0):"
                        + " the database is read-only; use the primary, not a replica",
                refused.getMessage());
    }

    @Test
    void readOnlyMariaDb_isSaid() {
        TestPool.Source source = TestDatabases.mariaDbSource();
        JdbcStores.migrate(new TestPool(source, true));
        TestPool readOnly = new TestPool(
                () -> {
                    Connection connection = source.open();
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SET SESSION TRANSACTION READ ONLY");
                    }
                    return connection;
                },
                true);
        JobStore jobs = JdbcStores.create(readOnly).jobs();
        StoreException refused = assertThrows(StoreException.class, () -> jobs.insert(JOB));
        assertEquals(
                "insert of JOB id in linkspan_job_record failed (SQLSTATE 25006, code 1792):"
                        + " the database is read-only; use the primary, not a replica",
                refused.getMessage());
    }

    @Test
    void noConnectionLeft_isSaid() throws Exception {
        TestPool.Source source = TestDatabases.h2Source();
        HikariConfig config = new HikariConfig();
        config.setDataSource(new TestPool(source, true));
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStores.migrate(pool);
            JobStore jobs = JdbcStores.create(pool).jobs();
            Connection kept = pool.getConnection();
            StoreException refused = assertThrows(StoreException.class, () -> jobs.insert(JOB));
            assertTrue(
                    refused.getMessage()
                            .endsWith("the database cannot be reached or no connection is free; check that it runs,"
                                    + " and the pool's size"),
                    refused.getMessage());
            kept.close();
            assertTrue(jobs.insert(JOB));
        }
    }

    @Test
    void valuesThatFitNoColumn_areRefusedWithoutShowingThem() {
        TestPool pool = TestDatabases.h2();
        JdbcStores.migrate(pool);
        JobStore jobs = JdbcStores.create(pool).jobs();
        for (StoredRecord record : new StoredRecord[] {
            TestRecords.job("x".repeat(129)).build(),
            TestRecords.job("id").uniqueKey("x".repeat(256)).build(),
            TestRecords.job("id").lookup("x".repeat(129)).build(),
            TestRecords.job("id").status("x".repeat(41)).build(),
            TestRecords.job("id").user("x\u0000").build(),
            TestRecords.job("id").user("x\ud83d").build(),
            TestRecords.job("id").payload(new byte[1_048_577]).build()
        }) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> jobs.insert(record), record.toString());
            assertFalse(refused.getMessage().contains("xx"), refused.getMessage());
        }
        assertTrue(
                jobs.insert(TestRecords.job("id").payload(new byte[1_048_576]).build()));
    }

    /** Hands out the connection of a running transaction, and ignores its closing, as transaction managers do. */
    private static final class OneConnection extends NoDataSource {
        private final Connection connection;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return (Connection) Proxy.newProxyInstance(
                    OneConnection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : method.invoke(connection, arguments));
        }
    }
}
