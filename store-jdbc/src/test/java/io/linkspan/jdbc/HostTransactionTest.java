package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.StoreException;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.HostTransactionAware;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A store in transactions of the host, as Spring and HikariCP make them, with pools that switch autocommit on and off. */
class HostTransactionTest {
    private static final StoredRecord JOB =
            TestRecords.job("id").dueAt(TestRecords.NOON).build();
    private static final String REMEDY = "spring.datasource.hikari.auto-commit=true";

    abstract static class Rules {
        private HikariDataSource pool;

        abstract TestPool.Source emptyDatabase();

        @AfterEach
        void closePool() {
            if (pool != null) {
                pool.close();
            }
        }

        private DataSource pool(boolean autocommit) {
            TestPool.Source source = emptyDatabase();
            JdbcStores.migrate(new TestPool(source, true));
            HikariConfig config = new HikariConfig();
            config.setDataSource(new TestPool(source, true));
            config.setAutoCommit(autocommit);
            config.setMaximumPoolSize(4);
            pool = new HikariDataSource(config);
            return pool;
        }

        private static void rolledBack(DataSource pool, Executable work) {
            rolledBack(pool, TransactionDefinition.ISOLATION_READ_COMMITTED, work);
        }

        private static void rolledBack(DataSource pool, int isolation, Executable work) {
            TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(pool));
            template.setIsolationLevel(isolation);
            template.executeWithoutResult(status -> {
                status.setRollbackOnly();
                try {
                    work.execute();
                } catch (RuntimeException | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            });
        }

        private static JdbcStores joining(DataSource dataSource) {
            return JdbcStores.builder(dataSource)
                    .openTransaction(OpenTransaction.JOIN)
                    .build();
        }

        private static boolean inHostTransaction(Object store) {
            return ((HostTransactionAware) store).inHostTransaction();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void transactionOfTheHost_isSeenAndJoined(boolean autocommit) {
            DataSource plain = pool(autocommit);
            DataSource aware = new TransactionAwareDataSourceProxy(plain);
            AtomicReference<JdbcStores> joined = new AtomicReference<>();
            rolledBack(plain, () -> {
                joined.set(joining(aware)); // also where the pool is fit for nothing else
                assertTrue(inHostTransaction(joined.get().jobs()));
                assertTrue(inHostTransaction(joined.get().tokens()));
                assertTrue(joined.get().jobs().insert(JOB));
                assertTrue(joined.get()
                        .jobs()
                        .find(JOB.tenant(), JOB.kind(), JOB.id())
                        .isPresent());
            });
            rolledBack(
                    plain,
                    () -> assertTrue(
                            joined.get()
                                    .jobs()
                                    .find(JOB.tenant(), JOB.kind(), JOB.id())
                                    .isEmpty(),
                            "rolled back with the host's own work"));
        }

        @Test
        void autocommitOn_outsideOfTransactions_eachCallIsDurable() {
            DataSource plain = pool(true);
            JobStore jobs = joining(new TransactionAwareDataSourceProxy(plain)).jobs();
            assertFalse(inHostTransaction(jobs));
            assertTrue(jobs.insert(JOB));
            assertTrue(JdbcStores.create(plain)
                    .jobs()
                    .find(JOB.tenant(), JOB.kind(), JOB.id())
                    .isPresent());
        }

        @Test
        void autocommitOff_outsideOfTransactions_eachCallIsRefused() {
            DataSource plain = pool(false);
            AtomicReference<JdbcStores> built = new AtomicReference<>();
            rolledBack(plain, () -> built.set(joining(new TransactionAwareDataSourceProxy(plain))));
            calls(built.get()).forEach((name, call) -> refused(name, call));
        }

        private static Map<String, Executable> calls(JdbcStores stores) {
            JobStore jobs = stores.jobs();
            Map<String, Executable> calls = new LinkedHashMap<>();
            calls.put("insert", () -> jobs.insert(JOB));
            calls.put("replace", () -> jobs.replace(JOB.next().build()));
            calls.put("delete", () -> jobs.delete(JOB));
            calls.put("find", () -> jobs.find(JOB.tenant(), JOB.kind(), JOB.id()));
            calls.put("due", () -> jobs.due(JOB.kind(), TestRecords.NOON, 1));
            calls.put("claim", () -> ((ClaimingStore) jobs).claim(RecordKind.JOB, Duration.ofMinutes(1), 1));
            calls.put(
                    "replaceAll",
                    () -> ((ClaimingStore) jobs)
                            .replaceAll(java.util.List.of(JOB.next().build())));
            calls.put(
                    "appendHistory",
                    () -> stores.tokens()
                            .appendHistory(
                                    new HistoryRecord(TestRecords.TENANT, "subject", 1, TestRecords.NOON, "{}")));
            calls.put("inHostTransaction", () -> inHostTransaction(jobs));
            return calls;
        }

        private static StoreException refused(String name, Executable call) {
            StoreException refused = assertThrows(StoreException.class, call, name);
            assertTrue(
                    refused.getMessage().contains("autocommit off")
                            && refused.getMessage().contains(REMEDY)
                            && refused.getMessage().contains("openTransaction(COMMIT)"),
                    refused.getMessage());
            return refused;
        }

        @Test
        void plainPoolWithAutocommitOff_isRefusedWhenTheStoresAreBuilt() {
            DataSource plain = pool(false);
            refused("join", () -> joining(plain));
            assertTrue(refused("refuse", () -> JdbcStores.create(plain))
                    .getMessage()
                    .contains("openTransaction(JOIN)"));
            JobStore committing = JdbcStores.builder(plain)
                    .openTransaction(OpenTransaction.COMMIT)
                    .build()
                    .jobs();
            assertFalse(inHostTransaction(committing));
            assertTrue(committing.insert(JOB));
            assertTrue(committing.find(JOB.tenant(), JOB.kind(), JOB.id()).isPresent());
        }

        @Test
        void poolThatSwitchesAutocommitOffLater_isRefusedAtTheNextCall() {
            TestPool.Source source = emptyDatabase();
            JdbcStores.migrate(new TestPool(source, true));
            AtomicBoolean off = new AtomicBoolean();
            DataSource turning = new NoDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                    Connection connection = source.open();
                    connection.setAutoCommit(!off.get());
                    return connection;
                }
            };
            JdbcStores stores = joining(turning);
            assertTrue(stores.jobs().insert(JOB));
            off.set(true);
            calls(stores).forEach((name, call) -> refused(name, call));
        }

        @Test
        void poolOfOneConnection_isRefusedInsteadOfWaitedFor() {
            TestPool.Source source = emptyDatabase();
            JdbcStores.migrate(new TestPool(source, true));
            HikariConfig config = new HikariConfig();
            config.setDataSource(new TestPool(source, true));
            config.setAutoCommit(false);
            config.setMaximumPoolSize(1);
            config.setConnectionTimeout(250);
            try (HikariDataSource one = new HikariDataSource(config)) {
                assertTrue(refused("one", () -> joining(one)).getCause() instanceof SQLException);
                rolledBack(one, () -> {
                    JobStore jobs =
                            joining(new TransactionAwareDataSourceProxy(one)).jobs();
                    assertTrue(inHostTransaction(jobs), "a running transaction needs no second connection");
                    assertTrue(jobs.insert(JOB));
                });
            }
        }

        @Test
        void wrappersThatCannotBeUnwrapped_areComparedByTheirSession() {
            DataSource plain = pool(true);
            DataSource aware = closed(new TransactionAwareDataSourceProxy(plain));
            JobStore jobs = joining(aware).jobs();
            assertFalse(inHostTransaction(jobs));
            rolledBack(plain, () -> assertTrue(inHostTransaction(jobs)));
            refused("plain", () -> joining(closed(new TestPool(emptyDatabaseWithTables(), false))));
        }

        private TestPool.Source emptyDatabaseWithTables() {
            TestPool.Source source = emptyDatabase();
            JdbcStores.migrate(new TestPool(source, true));
            return source;
        }

        private static DataSource closed(DataSource dataSource) {
            return new NoDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                    Connection connection = dataSource.getConnection();
                    return (Connection) Proxy.newProxyInstance(
                            HostTransactionTest.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("unwrap")) {
                                    throw new SQLFeatureNotSupportedException();
                                }
                                try {
                                    return method.invoke(connection, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                }
            };
        }

        @ParameterizedTest
        @ValueSource(strings = {"replace", "delete", "insert of a taken id", "insert of a taken key"})
        void writeLostToAnotherOne_isNotTriedForEverInASnapshot(String write) {
            DataSource plain = pool(true);
            JobStore jobs = joining(new TransactionAwareDataSourceProxy(plain)).jobs();
            JobStore other = JdbcStores.create(plain).jobs();
            StoredRecord later = TestRecords.job("later").uniqueKey("key").build();
            assertTrue(other.insert(JOB));
            rolledBack(plain, TransactionDefinition.ISOLATION_REPEATABLE_READ, () -> {
                jobs.find(JOB.tenant(), JOB.kind(), JOB.id()); // a snapshot is taken at the first look
                elsewhere(() -> {
                    other.replace(JOB.next().build());
                    other.insert(later);
                });
                StoreException lost = assertThrows(StoreException.class, () -> {
                    switch (write) {
                        case "replace" -> jobs.replace(JOB.next().status("MINE").build());
                        case "delete" -> jobs.delete(JOB);
                        case "insert of a taken id" -> jobs.insert(later);
                        default ->
                            jobs.insert(
                                    TestRecords.job("third").uniqueKey("key").build());
                    }
                });
                assertTrue(
                        lost.getMessage().contains("READ COMMITTED")
                                || lost.getMessage().contains("40001"),
                        lost.getMessage());
            });
        }

        /** In a thread of its own, which has no transaction. */
        private static void elsewhere(Runnable work) throws InterruptedException {
            Thread thread = new Thread(work);
            thread.start();
            thread.join();
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
    void withoutJoin_noTransactionIsTheHosts() {
        DataSource dataSource = TestDatabases.h2();
        JdbcStores.migrate(dataSource);
        JobStore jobs = JdbcStores.create(dataSource).jobs();
        assertEquals(false, ((HostTransactionAware) jobs).inHostTransaction());
    }
}
