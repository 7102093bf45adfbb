package io.linkspan.jdbc;

import io.linkspan.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;

/** Turns a database's error into one sentence: what failed, where, and what to check. Never shows a column's value. */
final class Failures {
    private static final String STATEMENT_OF_ANOTHER =
            "a prepared statement belongs to another connection, as behind PgBouncer"
                    + " in transaction mode; add prepareThreshold=0 to the JDBC URL";
    private static final String TIMED_OUT =
            "the server closed a connection that was idle; raise its idle timeouts, or lower the pool's idle time";
    private static final String DISK_FULL = "the disk is full; free space, then try again";

    /** SQLSTATE, whole or its first two characters, to what to do. H2 uses its own number where SQL has no state. */
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry(
                    "08",
                    "the database cannot be reached or no connection is free; check that it runs, and the pool's size"),
            Map.entry("08P01", STATEMENT_OF_ANOTHER),
            Map.entry("22", "a value does not fit its column; check whether the table was changed by hand"),
            Map.entry("23505", "the unique key is taken by another record; find that record by its key first"),
            Map.entry("22P05", "the database's encoding cannot keep a character; create one with ENCODING 'UTF8'"),
            Map.entry("25006", "the database is read-only; use the primary, not a replica"),
            Map.entry("25P03", TIMED_OUT),
            Map.entry("26000", STATEMENT_OF_ANOTHER),
            Map.entry("28", "the database refused the login; check user and password"),
            Map.entry("40", "too many writers of one record; try again"),
            Map.entry("3F000", "the schema is missing; create it, or check the builder's schema"),
            Map.entry("90079", "the schema is missing; create it, or check the builder's schema"),
            Map.entry("42P05", STATEMENT_OF_ANOTHER),
            Map.entry("42501", "the database user lacks a privilege on this table; grant it"),
            Map.entry("53100", DISK_FULL),
            Map.entry("53300", "the database has no connection left; lower pool sizes or raise its limit"),
            Map.entry("55P03", "another transaction holds a lock; find the one that does not end"),
            Map.entry("57014", "the statement ran into a time limit; check for a lock or an overloaded database"),
            Map.entry("57P05", TIMED_OUT),
            Map.entry("57P", "the database is shutting down or starting; try again"),
            Map.entry("90020", "another process has the database file open; stop it, or use PostgreSQL to share one"),
            Map.entry("90030", "the database file is damaged; restore it from a back-up"),
            Map.entry(
                    "90048",
                    "the database file was written by another version of H2; use that version, or export and import it"),
            Map.entry("90096", "the database user lacks a privilege on this table; grant it"),
            Map.entry("90097", "the database is read-only; check the permissions of its file"),
            Map.entry("90098", "the database was closed; check the disk's space and health, then try again"),
            Map.entry("HYT00", "another transaction holds a lock; find the one that does not end"));

    /** MariaDB's own numbers, where its SQLSTATE says too little. No other database here has numbers of this size. */
    private static final Map<Integer, String> BY_CODE = Map.ofEntries(
            Map.entry(1021, DISK_FULL),
            Map.entry(1114, DISK_FULL),
            Map.entry(3, DISK_FULL),
            Map.entry(1040, "the database has no connection left; lower pool sizes or raise its limit"),
            Map.entry(1104, "the statement was refused by max_join_size; leave sql_big_selects on"),
            Map.entry(1044, "the database user lacks a privilege on this database; grant it"),
            Map.entry(
                    1047,
                    "the node does not belong to its cluster at the moment; use another one, or look at the cluster"),
            Map.entry(1049, "the schema is missing; create it, or check schema and URL"),
            Map.entry(1062, "the unique key is taken by another record; find that record by its key first"),
            Map.entry(1142, "the database user lacks a privilege on this table; grant it"),
            Map.entry(1205, "another transaction holds a lock; find the one that does not end"),
            Map.entry(1290, "the database is read-only; use the primary, not a replica"),
            Map.entry(1792, "the database is read-only; use the primary, not a replica"),
            Map.entry(1836, "the database is read-only; use the primary, not a replica"),
            Map.entry(1969, "the statement ran into a time limit; check for a lock or an overloaded database"));

    private Failures() {}

    static StoreException of(String operation, String table, Tables tables, SQLException e) {
        return of(operation + " in " + table, tables, e);
    }

    static StoreException of(String what, Tables tables, SQLException e) {
        return new StoreException(
                what + " failed (SQLSTATE " + e.getSQLState() + ", code " + e.getErrorCode() + "): "
                        + remedy(tables, e),
                e);
    }

    /** Whether nothing was written because others wrote at the same time. A driver may wrap what says so, as for a batch. */
    static boolean isSerializationFailure(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && saysSerializationFailure(sql)) {
                return true;
            }
        }
        return false;
    }

    /** MariaDB's 1020 is the same without a SQLSTATE of its own: the row changed since the snapshot of innodb_snapshot_isolation. */
    private static boolean saysSerializationFailure(SQLException e) {
        String state = state(e);
        return state.equals("40001")
                || state.equals("40P01")
                || state.equals("90131")
                || e.getErrorCode() == 1020
                || e.getErrorCode() == 1213;
    }

    static boolean isTakenKey(SQLException e) {
        return state(e).equals("23505") || e.getErrorCode() == 1062;
    }

    static boolean isMissingTable(SQLException e) {
        String state = state(e);
        return state.equals("42P01") || state.equals("42S02") || state.equals("42S03") || state.equals("42S04");
    }

    static boolean isFullDisk(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left")
                    || message.contains("File too large")
                    || message.contains("quota exceeded")) {
                return true;
            }
        }
        return state(e instanceof SQLException sql ? sql : new SQLException()).equals("53100");
    }

    /** PgBouncer's own words; a pool wraps them. */
    private static boolean isStartupParameter(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("unsupported startup parameter")) {
                return true;
            }
        }
        return false;
    }

    private static String remedy(Tables tables, SQLException e) {
        String state = state(e);
        if (isMissingTable(e)) {
            return "the table is missing; run " + tables.migrateCall() + ", or check schema and table prefix";
        }
        if (state.equals("42703") || state.equals("42S22")) {
            return "a column is missing; run " + tables.migrateCall()
                    + ", or check whether the table was changed by hand";
        }
        if (Replacements.UNCOUNTED.equals(e.getMessage())) {
            return Replacements.UNCOUNTED;
        }
        if (isFullDisk(e)) {
            return DISK_FULL;
        }
        if (isStartupParameter(e)) {
            return "a pooler refuses a start-up parameter of the connection; name it in PgBouncer's"
                    + " ignore_startup_parameters, and instead of currentSchema use JdbcStores.builder(dataSource).schema(...)";
        }
        String byCode = BY_CODE.get(e.getErrorCode());
        if (byCode != null) {
            return byCode;
        }
        if (e instanceof SQLTransientConnectionException) {
            return String.valueOf(REMEDIES.get("08"));
        }
        for (int length = state.length(); length >= 2; length--) {
            String remedy = REMEDIES.get(state.substring(0, length));
            if (remedy != null) {
                return remedy;
            }
        }
        return "see the cause for the database's own message";
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }
}
