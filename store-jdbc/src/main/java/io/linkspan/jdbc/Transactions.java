package io.linkspan.jdbc;

import io.linkspan.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one piece of work on one connection, in the transaction that belongs to it, and gives the connection back. */
final class Transactions {
    private static final Logger log = LoggerFactory.getLogger(Transactions.class);

    private final Database database;
    private final String table;

    Transactions(Database database, String table) {
        this.database = database;
        this.table = database.place(table);
    }

    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T read(String operation, Work<T> work) {
        Database.DurableFile file = database.durableFile().orElse(null);
        return file == null ? run(operation, work) : alone(operation, work, file);
    }

    <T> T write(String operation, Work<T> work) {
        Database.DurableFile file = database.durableFile().orElse(null);
        return file == null
                ? run(operation, work)
                : alone(operation, connection -> forced(connection, work, file), file);
    }

    /**
     * One caller at a time, readers too. A commit writes all maps of the file as they are: one that holds half of somebody
     * else's transaction leaves index entries behind when the process is killed right then.
     */
    private <T> T alone(String operation, Work<T> work, Database.DurableFile file) {
        file.turn().lock();
        try {
            file.tidy().run();
            return run(operation, work);
        } finally {
            file.turn().unlock();
        }
    }

    private static <T> T forced(Connection connection, Work<T> work, Database.DurableFile file) throws SQLException {
        T result = work.on(connection);
        if (connection.getAutoCommit()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(file.afterWrite());
            }
        }
        return result;
    }

    /** Whether the calling thread is inside a transaction that a write would join. */
    boolean inHostTransaction() {
        if (database.openTransaction() != OpenTransaction.JOIN) {
            return false;
        }
        String operation = "looking for a running transaction";
        try (Connection connection = database.connect()) {
            if (connection.getAutoCommit()) {
                return false;
            }
            HostTransaction.require(database, connection, operation);
            return true;
        } catch (SQLException e) {
            throw failure(operation, e);
        }
    }

    /** Whether a connection is in a transaction of the host that does not see what others commit. */
    boolean readsSnapshot(Connection connection) throws SQLException {
        return database.openTransaction() == OpenTransaction.JOIN
                && !connection.getAutoCommit()
                && connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED;
    }

    /** Several statements that are kept or undone together. */
    <T> T together(String operation, Work<T> work) {
        return together(operation, work, work);
    }

    /**
     * Several statements that are kept or undone together.
     *
     * @param own in a transaction of ours, which began as batches do
     * @param joined in a transaction of the host
     */
    <T> T together(String operation, Work<T> own, Work<T> joined) {
        return write(operation, connection -> {
            if (connection.getAutoCommit()) {
                return ownTransaction(connection, own);
            }
            return database.openTransaction() == OpenTransaction.COMMIT
                    ? begun(connection, own)
                    : joined.on(connection);
        });
    }

    private <T> T ownTransaction(Connection connection, Work<T> work) throws SQLException {
        boolean asked = database.dialect().batchStart().isEmpty();
        int isolation = asked ? connection.getTransactionIsolation() : Connection.TRANSACTION_READ_COMMITTED;
        boolean other = isolation != Connection.TRANSACTION_READ_COMMITTED;
        if (other) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        connection.setAutoCommit(false);
        T result;
        try {
            result = committed(connection, same -> begun(same, work));
        } catch (SQLException | RuntimeException | Error e) {
            try {
                backToAutocommit(connection, other, isolation);
            } catch (SQLException broken) { // must not hide why the work failed
                e.addSuppressed(broken);
            }
            throw e;
        }
        backToAutocommit(connection, other, isolation);
        return result;
    }

    private static void backToAutocommit(Connection connection, boolean otherIsolation, int isolation)
            throws SQLException {
        connection.setAutoCommit(true);
        if (otherIsolation) {
            connection.setTransactionIsolation(isolation);
        }
    }

    private <T> T begun(Connection connection, Work<T> work) throws SQLException {
        Optional<String> start = database.dialect().batchStart();
        if (start.isPresent()) {
            try (PreparedStatement statement = connection.prepareStatement(start.get())) {
                statement.execute();
            }
        }
        return work.on(connection);
    }

    private <T> T run(String operation, Work<T> work) {
        for (int tries = 1; ; tries++) {
            try (Connection connection = database.connect()) {
                return connection.getAutoCommit()
                        ? work.on(connection)
                        : inOpenTransaction(connection, operation, work);
            } catch (SQLException e) {
                if (!Repeats.again(tries, e)) {
                    throw failure(operation, e);
                }
                log.debug(
                        "repeating after a serialization failure operation={} table={} tries={}",
                        operation,
                        table,
                        tries);
            }
        }
    }

    private <T> T inOpenTransaction(Connection connection, String operation, Work<T> work) throws SQLException {
        return switch (database.openTransaction()) {
            case JOIN -> {
                HostTransaction.require(database, connection, operation + " in " + table);
                yield joined(connection, operation, work);
            }
            case COMMIT -> committed(connection, work);
            case REFUSE -> throw HostTransaction.unexplained(operation + " in " + table);
        };
    }

    /** A failure must not be repeated here: it ended the host's transaction. */
    private <T> T joined(Connection connection, String operation, Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw failure(operation, e);
        }
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                connection.rollback();
            } catch (SQLException rollback) {
                e.addSuppressed(rollback);
            }
            throw e;
        }
    }

    private StoreException failure(String operation, SQLException e) {
        return Failures.of(operation, table, database.tables(), e);
    }
}
