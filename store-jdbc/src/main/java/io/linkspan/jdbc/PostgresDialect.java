package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Optional;

/** PostgreSQL. An error ends a transaction, so a taken key must not be one; DDL is transactional. */
final class PostgresDialect implements Dialect {
    /** Any number that others are unlikely to lock; the letters "linkspan". */
    private static final long LOCK = 0x6c696e6b7370616eL;

    @Override
    public String scripts() {
        return "postgresql";
    }

    @Override
    public String insertUnlessTaken() {
        return " ON CONFLICT DO NOTHING";
    }

    @Override
    public String order(String fixed, String moving) {
        return moving;
    }

    @Override
    public String tableLookup(Tables tables, String table) {
        return "SELECT 1 FROM (SELECT to_regclass('" + table + "') AS found) t WHERE found IS NOT NULL";
    }

    @Override
    public String schemaLookup(String schema) {
        return "SELECT 1 FROM pg_namespace WHERE nspname = '" + schema + "'";
    }

    @Override
    public Leaving enter(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL search_path TO " + schema);
        }
        return () -> {};
    }

    @Override
    public Optional<String> migrationLock() {
        return Optional.of("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }

    @Override
    public Optional<String> migrationUnlock() {
        return Optional.empty();
    }

    @Override
    public String now() {
        return "CAST(floor(extract(epoch FROM statement_timestamp()) * 1000) AS bigint)";
    }

    /** Jumps from tenant to tenant in the index, which no planner does by itself. */
    @Override
    public String heads(String table, int limit) {
        String first = " AND due_at IS NOT NULL ORDER BY kind, tenant, due_at FETCH FIRST 1 ROWS ONLY)";
        return "WITH RECURSIVE heads (tenant, due_at, place) AS ((SELECT tenant, due_at, 1 FROM " + table
                + " WHERE kind = ? AND tenant > ?" + first
                + " UNION ALL SELECT n.tenant, n.due_at, h.place + 1 FROM heads h CROSS JOIN LATERAL (SELECT tenant, due_at"
                + " FROM " + table + " WHERE kind = ? AND tenant > h.tenant" + first + " n WHERE h.place < " + limit
                + ") SELECT tenant, due_at FROM heads";
    }

    @Override
    public boolean headsNeedKindTwice() {
        return true;
    }

    @Override
    public int tenantsAtOnce() {
        return 1_000;
    }

    @Override
    public String lockDue(String table, String columns, int tenants, int perTenant) {
        String row = "(CAST(? AS varchar), CAST(? AS varchar), CAST(? AS bigint))";
        return "SELECT " + columns + " FROM (VALUES " + String.join(", ", Collections.nCopies(tenants, row))
                + ") wanted (of_kind, of_tenant, until) CROSS JOIN LATERAL (SELECT " + columns + " FROM " + table
                + " WHERE kind = of_kind AND tenant = of_tenant AND due_at <= until ORDER BY due_at"
                + " FETCH FIRST " + perTenant + " ROWS ONLY FOR UPDATE SKIP LOCKED) found";
    }
}
