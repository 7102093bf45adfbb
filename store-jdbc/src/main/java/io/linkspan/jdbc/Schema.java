package io.linkspan.jdbc;

import io.linkspan.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The tables: which version the database has, and the way to the one this release needs. */
final class Schema {
    /** In order; the first takes an empty schema to version 1. */
    private static final List<String> SCRIPTS = List.of(
            "V001__records_and_history.sql",
            "V002__attention.sql",
            "V003__fair_claims.sql",
            "V004__batches.sql",
            "V005__fair_lanes.sql",
            "V006__job_pages.sql");

    /** H2 has no lock that outlasts a DDL statement, and its IF NOT EXISTS is no protection against a second migration. */
    private static final Object ONE_AT_A_TIME = new Object();

    private Schema() {}

    static int newest() {
        return SCRIPTS.size();
    }

    static void check(Database database) {
        Tables tables = database.tables();
        int version = new Transactions(database, tables.schemaVersion())
                .read("reading the schema version", connection -> version(connection, database));
        refuseNewer(version, database);
        if (version < newest()) {
            throw new StoreException(
                    "table " + database.place(tables.schemaVersion())
                            + (version == 0 ? " is missing or empty" : " says schema " + version)
                            + ", this release of Linkspan needs " + newest() + "; run " + tables.migrateCall()
                            + ", or check schema and table prefix",
                    null);
        }
    }

    static void migrate(Database database) {
        synchronized (ONE_AT_A_TIME) {
            migrateAlone(database);
        }
    }

    /** Each script may be repeated: it is one transaction, or each of its statements is repeatable. */
    private static void migrateAlone(Database database) {
        for (int tries = 1; ; tries++) {
            try {
                migrateOnce(database);
                return;
            } catch (SQLException e) {
                if (!Repeats.again(tries, e)) {
                    Tables tables = database.tables();
                    throw Failures.of("migration of the schema", database.place(tables.schemaVersion()), tables, e);
                }
            }
        }
    }

    private static void migrateOnce(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            boolean autocommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                lockedAndIn(database, connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(autocommit);
            }
        }
    }

    private static void lockedAndIn(Database database, Connection connection) throws SQLException {
        Dialect dialect = database.dialect();
        String schema = database.tables().schema();
        if (!schema.isEmpty() && !hasRow(connection, dialect.schemaLookup(schema))) {
            throw new StoreException(
                    "schema " + schema + " is missing; create it with CREATE SCHEMA " + schema
                            + " and let the migrating user create tables in it",
                    null);
        }
        execute(connection, dialect.migrationLock());
        try {
            if (schema.isEmpty()) {
                runMissing(connection, database);
            } else {
                Dialect.Leaving leaving = dialect.enter(connection, schema);
                runMissing(connection, database);
                leaving.leave();
            }
        } finally {
            execute(connection, dialect.migrationUnlock());
        }
    }

    private static void runMissing(Connection connection, Database database) throws SQLException {
        int version = version(connection, database);
        refuseNewer(version, database);
        for (String script : SCRIPTS.subList(version, SCRIPTS.size())) {
            for (String statement : Script.statements(database.dialect().scripts() + "/" + script)) {
                execute(connection, database.tables().renamed(statement));
            }
        }
    }

    private static void refuseNewer(int version, Database database) {
        if (version > newest()) {
            throw new StoreException(
                    "table " + database.place(database.tables().schemaVersion()) + " says schema " + version
                            + ", this release of Linkspan knows up to " + newest()
                            + "; use the newer release, or another table prefix",
                    null);
        }
    }

    /** Zero when there is none. Asks for the table first, since a failed query would end a transaction. */
    private static int version(Connection connection, Database database) throws SQLException {
        Tables tables = database.tables();
        if (!hasRow(connection, database.dialect().tableLookup(tables, tables.schemaVersion()))) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(version) FROM " + tables.schemaVersion())) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static boolean hasRow(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next();
        }
    }

    private static void execute(Connection connection, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            execute(connection, text.get());
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
