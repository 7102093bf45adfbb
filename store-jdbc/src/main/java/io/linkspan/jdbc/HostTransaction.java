package io.linkspan.jdbc;

import io.linkspan.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Tells a transaction of the host from a pool that merely switches autocommit off. Both hand out connections with autocommit off, but only
 * the first hands out the same one again while it is in use; what is written on one of the second is lost when it goes back.
 */
final class HostTransaction {
    private static final String REMEDY =
            " Switch autocommit on for this pool (spring.datasource.hikari.auto-commit=true, or setAutoCommit(true) of HikariConfig),"
                    + " give Linkspan a pool of its own with autocommit on,";
    private static final String COMMIT =
            " or choose openTransaction(COMMIT), which commits each call by itself and is only for a pool that never hands out the"
                    + " connection of a running transaction.";

    private HostTransaction() {}

    /** Refuses a connection with autocommit off that belongs to no running transaction. */
    static void require(Database database, Connection connection, String what) throws SQLException {
        Connection again;
        try {
            again = database.connect();
        } catch (SQLException noneLeft) { // a running transaction needs no further one
            throw lost(what, noneLeft);
        }
        try (again) {
            if (!same(database.dialect(), connection, again)) {
                throw lost(what, null);
            }
        }
    }

    private static StoreException lost(String what, @Nullable SQLException cause) {
        return new StoreException(
                what
                        + " was refused: the data source handed out a connection with autocommit off although no transaction is"
                        + " running, and what is written on it would be lost." + REMEDY + COMMIT,
                cause);
    }

    /** Refuses a connection with autocommit off where the host has not said what that means. */
    static StoreException unexplained(String what) {
        return new StoreException(
                what + " was refused: the data source handed out a connection with autocommit off." + REMEDY
                        + " choose JdbcStores.builder(dataSource).openTransaction(JOIN) to take part in the host's transactions,"
                        + COMMIT,
                null);
    }

    private static boolean same(Dialect dialect, Connection one, Connection other) throws SQLException {
        return unwrapped(one) == unwrapped(other) || session(dialect, one) == session(dialect, other);
    }

    /** The driver's connection below the wrappers of pool and transaction manager; some wrappers answer for themselves. */
    private static Connection unwrapped(Connection connection) {
        try {
            return connection.unwrap(Connection.class);
        } catch (SQLException e) {
            return connection;
        }
    }

    private static long session(Dialect dialect, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(dialect.sessionId())) {
            row.next();
            return row.getLong(1);
        }
    }
}
