package io.linkspan.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A small pool that counts what is lent, and may hand out connections with autocommit off as some pools do. */
final class TestPool extends NoDataSource implements AutoCloseable {
    @FunctionalInterface
    interface Source {
        Connection open() throws SQLException;
    }

    private final Source source;
    private final boolean autocommit;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lent = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    TestPool(Source source, boolean autocommit) {
        this.source = source;
        this.autocommit = autocommit;
    }

    /** How many connections are out at this moment. */
    int lent() {
        return lent.get();
    }

    /** How often a connection was taken. */
    int taken() {
        return taken.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = source.open();
        }
        connection.setAutoCommit(autocommit);
        taken.incrementAndGet();
        lent.incrementAndGet();
        return lentOut(connection);
    }

    private Connection lentOut(Connection connection) {
        boolean[] closed = {false};
        return (Connection) Proxy.newProxyInstance(
                TestPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (!closed[0]) {
                            closed[0] = true;
                            giveBack(connection);
                        }
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Like every pool: what was not committed is lost. */
    private void giveBack(Connection connection) throws SQLException {
        lent.decrementAndGet();
        if (!connection.isClosed()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            idle.add(connection);
        }
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
