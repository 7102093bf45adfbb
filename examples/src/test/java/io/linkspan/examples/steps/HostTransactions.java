package io.linkspan.examples.steps;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * What transaction managers do: while a thread has a transaction, every connection it takes is that one, and closing it does nothing;
 * other threads, and this one outside of a transaction, get connections of their own.
 */
final class HostTransactions implements DataSource {
    @FunctionalInterface
    interface Work {
        void in(Connection transaction) throws Exception;
    }

    @FunctionalInterface
    interface Source {
        Connection open() throws SQLException;
    }

    private static final ThreadLocal<Connection> RUNNING = new ThreadLocal<>();

    private final Source source;

    HostTransactions(Source source) {
        this.source = source;
    }

    void committed(Work work) throws Exception {
        run(work, Connection.TRANSACTION_READ_COMMITTED, true);
    }

    void rolledBack(Work work) throws Exception {
        run(work, Connection.TRANSACTION_READ_COMMITTED, false);
    }

    /** In a transaction that does not see what others commit after its first read. */
    void rolledBackSnapshot(Work work) throws Exception {
        run(work, Connection.TRANSACTION_REPEATABLE_READ, false);
    }

    private void run(Work work, int isolation, boolean keep) throws Exception {
        try (Connection connection = source.open()) {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            RUNNING.set(connection);
            try {
                work.in(connection);
                if (keep) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            } finally {
                RUNNING.remove();
            }
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection transaction = RUNNING.get();
        return transaction == null ? source.open() : withoutClosing(transaction);
    }

    private static Connection withoutClosing(Connection transaction) {
        return (Connection) Proxy.newProxyInstance(
                HostTransactions.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(transaction, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
