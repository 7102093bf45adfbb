package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** H2 2.x. A failed statement leaves its transaction usable; DDL commits by itself, so scripts are repeatable. */
final class H2Dialect implements Dialect {
    private static final int OLDEST = 200;

    /** Modes in which a unique index takes a second row without a key for a duplicate. */
    private static final Set<String> NULLS_COLLIDE = Set.of("Oracle", "MSSQLServer", "Derby");

    H2Dialect(int version) {
        if (version < OLDEST) {
            throw new IllegalArgumentException(
                    "the data source is H2 " + version / 100 + "." + version % 100 + ". Use H2 2.0 or later");
        }
    }

    /** The names in capitals are found whatever DATABASE_TO_UPPER and DATABASE_TO_LOWER do with names that are not quoted. */
    @Override
    public Optional<String> refusal(Connection connection) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM INFORMATION_SCHEMA.SETTINGS")) {
            while (row.next()) {
                settings.put(row.getString(1), String.valueOf(row.getString(2)));
            }
        }
        String mode = settings.getOrDefault("MODE", "REGULAR");
        if (NULLS_COLLIDE.contains(mode)) {
            return Optional.of(
                    "H2 runs in MODE=" + mode + ", in which a unique index takes a second record without a key"
                            + (mode.equals("Oracle") ? " for a duplicate, and empty text is NULL" : " for a duplicate")
                            + ". Remove MODE from the URL, or give Linkspan an H2 database of its own");
        }
        if (settings.getOrDefault("IGNORECASE", "0").equals("1")) {
            return Optional.of(
                    "H2 runs with IGNORECASE=TRUE, in which ids that differ by case are equal. Remove it from the"
                            + " URL, or give Linkspan an H2 database of its own");
        }
        if (!settings.getOrDefault("COLLATION", "OFF").equals("OFF")) {
            return Optional.of(
                    "H2 compares text by COLLATION " + settings.get("COLLATION") + ", in which different ids may"
                            + " be equal. Remove SET COLLATION, or give Linkspan an H2 database of its own");
        }
        return Optional.empty();
    }

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
        return "SELECT 1 FROM INFORMATION_SCHEMA.TABLES WHERE lower(TABLE_NAME) = '" + Tables.bare(table) + "' AND "
                + (tables.schema().isEmpty()
                        ? "TABLE_SCHEMA = CURRENT_SCHEMA"
                        : "lower(TABLE_SCHEMA) = '" + tables.schema() + "'");
    }

    @Override
    public String schemaLookup(String schema) {
        return "SELECT 1 FROM INFORMATION_SCHEMA.SCHEMATA WHERE lower(SCHEMA_NAME) = '" + schema + "'";
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
