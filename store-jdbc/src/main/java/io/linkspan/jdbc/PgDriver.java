package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The driver of PostgreSQL, which the host brings along. A pooler such as PgBouncer in transaction mode hands each transaction to another
 * connection of the server, where a prepared statement of the same name may be another one: the wrong statement runs. So nothing is
 * prepared on the server behind a pooler.
 */
final class PgDriver {
    private static final String INTERFACE = "org.postgresql.PGConnection";

    private PgDriver() {}

    /**
     * Whether something between driver and server answers with process ids of its own.
     *
     * @param serverProcess as the server itself says
     */
    static boolean behindPooler(Connection connection, int serverProcess) {
        return driver(connection)
                .map(driver -> !driver.call("getBackendPID").equals(serverProcess))
                .orElse(false);
    }

    /** Like {@code prepareThreshold=0} in the URL. */
    static void prepareNothing(Connection connection) {
        driver(connection).ifPresent(driver -> driver.set("setPrepareThreshold", 0));
    }

    private record Driver(Class<?> type, Object connection) {
        Object call(String method) {
            try {
                return type.getMethod(method).invoke(connection);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the PostgreSQL driver has no " + method, e);
            }
        }

        void set(String method, int value) {
            try {
                type.getMethod(method, int.class).invoke(connection, value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the PostgreSQL driver has no " + method, e);
            }
        }
    }

    /** Empty for a driver or a pool that does not show it. */
    private static Optional<Driver> driver(Connection connection) {
        try {
            Class<?> type =
                    Class.forName(INTERFACE, false, Thread.currentThread().getContextClassLoader());
            return Optional.of(new Driver(type, connection.unwrap(type)));
        } catch (ClassNotFoundException | SQLException e) {
            return Optional.empty();
        }
    }
}
