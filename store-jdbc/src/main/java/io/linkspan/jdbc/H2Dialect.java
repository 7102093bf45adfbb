package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** H2 2.x. A failed statement leaves its transaction usable; DDL commits by itself, so scripts are repeatable. */
final class H2Dialect implements Dialect {
    @Override
    public String sessionId() {
        return "SELECT SESSION_ID()";
    }

    @Override
    public String scripts() {
        return "h2";
    }

    @Override
    public String insertUnlessTaken() {
        return "";
    }

    /** H2 takes no column for fixed by itself. */
    @Override
    public String order(String fixed, String moving) {
        return fixed + ", " + moving;
    }

    @Override
    public String tableLookup(Tables tables, String table) {
        return "SELECT 1 FROM information_schema.tables WHERE lower(table_name) = '" + Tables.bare(table) + "' AND "
                + (tables.schema().isEmpty()
                        ? "table_schema = CURRENT_SCHEMA"
                        : "lower(table_schema) = '" + tables.schema() + "'");
    }

    @Override
    public String schemaLookup(String schema) {
        return "SELECT 1 FROM information_schema.schemata WHERE lower(schema_name) = '" + schema + "'";
    }

    @Override
    public Leaving enter(Connection connection, String schema) throws SQLException {
        String before = connection.getSchema();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SCHEMA " + schema);
        }
        return () -> connection.setSchema(before);
    }

    @Override
    public Optional<String> migrationLock() {
        return Optional.empty();
    }

    @Override
    public Optional<String> migrationUnlock() {
        return Optional.empty();
    }

    @Override
    public String now() {
        return "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(3)) * 1000) AS BIGINT)";
    }

    /** H2 reads the index of what waits, which is small enough where H2 is. */
    @Override
    public String heads(String table, int most) {
        return "SELECT tenant, MIN(due_at) AS due_at FROM " + table
                + " WHERE kind = ? AND tenant > ? AND due_at IS NOT NULL GROUP BY kind, tenant ORDER BY kind, tenant"
                + " FETCH FIRST " + most + " ROWS ONLY";
    }

    /** H2 locks no rows of a union; a statement costs little in one process. */
    @Override
    public int turnsAtOnce() {
        return 1;
    }

    @Override
    public String lockDue(String table, String columns, List<Turn> turns) {
        return "SELECT " + columns + " FROM " + table + " WHERE kind = ? AND tenant = ? AND lane = ? AND due_at <= ?"
                + " ORDER BY kind, tenant, lane, due_at, id FETCH FIRST "
                + turns.get(0).many() + " ROWS ONLY FOR UPDATE SKIP LOCKED";
    }
}
