package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.StoreException;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.StoredRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A database that refuses a transaction because others write as well, at whatever step it says so. */
class RepeatsTest {
    private final Refusing source = new Refusing(TestDatabases.h2Source());
    private final TestPool pool = new TestPool(source, true);

    private static SQLException deadlock() {
        return new SQLException("Deadlock found when trying to get lock", "40001", 1213);
    }

    private ClaimingStore stores() {
        JdbcStores.migrate(pool);
        return (ClaimingStore) JdbcStores.create(pool).jobs();
    }

    private StoredRecord inserted(ClaimingStore store) {
        StoredRecord record = TestRecords.job("id").build();
        assertTrue(((JobStore) store).insert(record));
        return record;
    }

    @Test
    void refusedCommit_isRepeated() {
        ClaimingStore store = stores();
        StoredRecord next = inserted(store).next().status("NEXT").build();
        source.refuse("commit", 3, deadlock());
        assertEquals(List.of(true), store.replaceAll(List.of(next)));
        assertEquals(4, source.seen());
        assertEquals(0, pool.lent());
    }

    @Test
    void refusedBatch_whoseCauseSaysSo_isRepeated() {
        ClaimingStore store = stores();
        StoredRecord next = inserted(store).next().status("NEXT").build();
        source.refuse("executeBatch", 2, new BatchUpdateException("batch failed", "HY000", 0, new int[0], deadlock()));
        assertEquals(List.of(true), store.replaceAll(List.of(next)));
        assertEquals(3, source.seen());
    }

    @Test
    void refusedStatement_isRepeated() {
        ClaimingStore store = stores();
        StoredRecord next = inserted(store).next().status("NEXT").build();
        source.refuse("executeUpdate", 1, deadlock());
        assertTrue(((JobStore) store).replace(next));
        assertEquals(2, source.seen());
    }

    @Test
    void changedSnapshot_isRepeated() {
        ClaimingStore store = stores();
        StoredRecord next = inserted(store).next().status("NEXT").build();
        source.refuse("executeUpdate", 1, new SQLException("Record has changed since last read", "HY000", 1020));
        assertTrue(((JobStore) store).replace(next));
    }

    @Test
    void refusedMigration_isRepeated() {
        source.refuse("commit", 2, deadlock());
        JdbcStores.migrate(pool);
        assertEquals(3, source.seen());
        JdbcStores.create(pool);
    }

    @Test
    void refusedForEver_isSaid() {
        ClaimingStore store = stores();
        StoredRecord next = inserted(store).next().status("NEXT").build();
        source.refuse("commit", Integer.MAX_VALUE, deadlock());
        StoreException refused = assertThrows(StoreException.class, () -> store.replaceAll(List.of(next)));
        assertTrue(refused.getMessage().endsWith("too many writers of one record; try again"), refused.getMessage());
        assertEquals(Repeats.MOST_TRIES, source.seen());
    }

    @Test
    void connectionThatBreaks_doesNotHideWhatFailed() {
        ClaimingStore store = stores();
        StoredRecord next = inserted(store).next().status("NEXT").build();
        SQLException broken = new SQLException("connection reset", "08006");
        source.refuse("commit", 1, broken);
        source.breakAutocommit();
        StoreException refused = assertThrows(StoreException.class, () -> store.replaceAll(List.of(next)));
        assertSame(broken, refused.getCause());
    }

    /** Fails at one method of connections and their statements, so many times. */
    private static final class Refusing implements TestPool.Source {
        private final TestPool.Source source;
        private final AtomicInteger left = new AtomicInteger();
        private final AtomicInteger seen = new AtomicInteger();
        private String method = "";
        private SQLException failure = deadlock();
        private boolean autocommitBroken;

        Refusing(TestPool.Source source) {
            this.source = source;
        }

        void refuse(String method, int times, SQLException failure) {
            this.method = method;
            this.failure = failure;
            left.set(times);
            seen.set(0);
        }

        void breakAutocommit() {
            autocommitBroken = true;
        }

        int seen() {
            return seen.get();
        }

        @Override
        public Connection open() throws SQLException {
            return wrapped(Connection.class, source.open());
        }

        private <T> T wrapped(Class<T> type, T real) {
            return type.cast(Proxy.newProxyInstance(
                    RepeatsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                        if (called.getName().equals(method)
                                && seen.incrementAndGet() > 0
                                && left.getAndDecrement() > 0) {
                            throw failure;
                        }
                        if (autocommitBroken && called.getName().equals("setAutoCommit") && seen.get() > 0) {
                            throw new SQLException("this connection has been closed", "08003");
                        }
                        try {
                            Object result = called.invoke(real, arguments);
                            return result instanceof PreparedStatement statement
                                    ? wrapped(PreparedStatement.class, statement)
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }
}
