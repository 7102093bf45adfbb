package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where databases differ. Everything else is the same SQL for all. */
interface Dialect {
    /** The dialect of a connected database. */
    static Dialect of(DatabaseMetaData database) throws SQLException {
        return of(
                Objects.requireNonNull(database.getDatabaseProductName()),
                String.valueOf(database.getDatabaseProductVersion()),
                database.getDatabaseMajorVersion() * 100 + database.getDatabaseMinorVersion());
    }

    /**
     * The dialect of a product.
     *
     * @param product as the JDBC driver names it
     * @param text its version, as the server writes it
     * @param version 100 times the major plus the minor version
     */
    static Dialect of(String product, String text, int version) {
        return switch (product) {
            case "H2" -> new H2Dialect(version);
            case "PostgreSQL" -> new PostgresDialect();
            case "MariaDB" -> new MariaDbDialect(version);
            case "MySQL" ->
                throw new IllegalArgumentException(
                        text.contains("MariaDB")
                                ? "the data source is MariaDB " + text
                                        + ", but its driver calls it MySQL. Use MariaDB's own"
                                        + " driver, org.mariadb.jdbc:mariadb-java-client, without useMysqlMetadata"
                                : others("MySQL " + text + " or a product that answers as MySQL"));
            default -> throw new IllegalArgumentException(others(product + " " + text));
        };
    }

    private static String others(String product) {
        return "the data source is " + product + ". Use PostgreSQL, MariaDB (through its own driver) or H2; for other"
                + " databases implement TokenStore and JobStore and try them with the contract kits of linkspan-testkit";
    }

    /** A query with one number: which session of the database a connection is. */
    String sessionId();

    /** The folder of its scripts, next to this class. */
    String scripts();

    /** What follows an INSERT so that a taken key leaves the transaction usable; empty when an error does. */
    String insertUnlessTaken();

    /**
     * What to sort by so that the planner reads an index in order and stops at the limit.
     *
     * @param fixed the columns of the index that the query compares with one value
     * @param moving the columns behind them
     */
    String order(String fixed, String moving);

    /** What follows the table so that a walk goes on behind a tenant, in order of the primary key; two parameters, tenant and kind. */
    default String behindTenant() {
        return " WHERE tenant > ? AND kind = ? ORDER BY tenant, kind, id";
    }

    /** A query that has a row exactly when the table, a valid name of ours, is there. */
    String tableLookup(Tables tables, String table);

    /** A query that has a row exactly when the schema, a valid name of ours, is there. */
    String schemaLookup(String schema);

    /** Why the stores cannot keep their promises with these settings, and what to do; empty when they can. */
    Optional<String> refusal(Connection connection) throws SQLException;

    /** What about this connection may break a promise of the stores, and what to do; empty when nothing does. */
    default Optional<String> warning(Connection connection) throws SQLException {
        return Optional.empty();
    }

    /** What to set on every connection before it is used; nothing by default. */
    default Setting setting(Connection connection) throws SQLException {
        return same -> {};
    }

    /** Makes names without a schema mean this one until the returned action, or the end of the transaction. */
    Leaving enter(Connection connection, String schema) throws SQLException;

    /** A query that lets one migration run at a time, until its transaction ends or {@link #migrationUnlock()}. */
    Optional<String> migrationLock();

    /** A query that ends a lock which outlasts the transaction. */
    Optional<String> migrationUnlock();

    /** An expression: the database's clock, in milliseconds since 1970-01-01T00:00:00Z. */
    String now();

    /**
     * What a transaction of batches begins with: READ COMMITTED, and a planner that keeps to indexes in their order, also while a table
     * has no statistics. Empty where the connection's isolation is read and set through JDBC.
     */
    default Optional<String> batchStart() {
        return Optional.empty();
    }

    /**
     * A query for the tenants that have work, due or not, and the moment of their earliest: columns {@code tenant} and {@code due_at},
     * by tenant; costs what it returns. It ends after {@code most} tenants, and may end after those of them that were wanted.
     */
    String heads(String table, int most);

    /** Binds a query for tenants behind one. */
    default void bindHeads(PreparedStatement statement, String kind, String behind, long now, int most, int wanted)
            throws SQLException {
        statement.setString(1, kind);
        statement.setString(2, behind);
    }

    /**
     * A query for the lanes of many tenants that have work, due or not, and the time of their earliest: columns {@code place} of the
     * tenant from 1, {@code lane} and {@code due_at}, by lane. For each tenant it ends after {@code most} lanes, and may end after
     * those of them that were wanted. Empty where no planner jumps from lane to lane; there each jump is a query.
     */
    default Optional<String> lanes(String table, int most) {
        return Optional.empty();
    }

    /** Binds a query for the lanes of tenants, from one lane on. */
    default void bindLanes(
            PreparedStatement statement, String kind, List<String> tenants, List<String> from, long now, int wanted)
            throws SQLException {
        throw new SQLException("this dialect has no such query");
    }

    /**
     * A query for the lanes among the earliest records of a tenant that are due from a moment on: the tenant's place from 1, the lane, how
     * many of the records are of it, and the latest due time of those. For many tenants where {@link #lanes} is, otherwise for one.
     */
    default String dueLanes(String table, int most) {
        return "SELECT 1, lane, COUNT(*), MAX(due_at) FROM (SELECT lane, due_at FROM " + table
                + " WHERE kind = ? AND tenant = ? AND due_at >= ? AND due_at <= ? ORDER BY "
                + order("kind, tenant", "due_at") + " FETCH FIRST " + most + " ROWS ONLY) due GROUP BY lane";
    }

    /** Binds such a query. */
    default void bindDueLanes(PreparedStatement statement, String kind, List<String> tenants, List<Long> from, long now)
            throws SQLException {
        statement.setString(1, kind);
        statement.setString(2, tenants.get(0));
        statement.setLong(3, from.get(0));
        statement.setLong(4, now);
    }

    /** How many turns {@link #lockDue} takes in one statement. */
    int turnsAtOnce();

    /** A query that locks the earliest due rows of each lane and leaves out those that others have locked. */
    String lockDue(String table, String columns, List<Turn> turns);

    /**
     * Binds such a query.
     *
     * @return the index of the parameter behind
     */
    default int bindLockDue(PreparedStatement statement, String kind, List<Turn> turns, long now) throws SQLException {
        int at = 1;
        for (Turn turn : turns) {
            statement.setString(at++, kind);
            statement.setString(at++, turn.tenant());
            statement.setString(at++, turn.lane());
            statement.setLong(at++, now);
        }
        return at;
    }

    /** Whether one statement can change many rows by a table of values, and return what it changed. */
    default boolean updatesFromTable() {
        return false;
    }

    /** Sets something on a connection. */
    @FunctionalInterface
    interface Setting {
        void on(Connection connection) throws SQLException;
    }

    /** Gives back what was entered. */
    @FunctionalInterface
    interface Leaving {
        void leave() throws SQLException;
    }
}
