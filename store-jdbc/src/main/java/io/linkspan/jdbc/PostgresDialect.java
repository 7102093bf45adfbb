package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** PostgreSQL. An error ends a transaction, so a taken key must not be one; DDL is transactional. */
final class PostgresDialect implements Dialect {
    /** Any number that others are unlikely to lock; the letters "linkspan". */
    private static final long LOCK = 0x6c696e6b7370616eL;

    @Override
    public String sessionId() {
        return "SELECT pg_backend_pid()";
    }

    @Override
    public Optional<String> refusal(Connection connection) throws SQLException {
        String encoding = shown(connection, "SHOW server_encoding");
        return encoding.equals("UTF8") || encoding.equals("UNICODE")
                ? Optional.empty()
                : Optional.of(
                        "the database's encoding is " + encoding + ", which cannot keep text of every script. Create"
                                + " one for Linkspan: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0");
    }

    @Override
    public Optional<String> warning(Connection connection) throws SQLException {
        return PostgresProduct.unverified(shown(connection, "SELECT version()"));
    }

    @Override
    public Setting setting(Connection connection) throws SQLException {
        return PgDriver.behindPooler(connection, Integer.parseInt(shown(connection, sessionId())))
                ? PgDriver::prepareNothing
                : same -> {};
    }

    private static String shown(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

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

    /**
     * The settings end with the transaction. A join in the order of its outer side takes row locks in that order. There is one plan for
     * each of these statements, whatever its values, and making it anew takes longer than running it.
     */
    @Override
    public Optional<String> batchStart() {
        return Optional.of(
                "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT set_config('enable_seqscan', 'off', true),"
                        + " set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true),"
                        + " set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true),"
                        + " set_config('plan_cache_mode', 'force_generic_plan', true)");
    }

    /** Jumps from tenant to tenant in the index, which no planner does by itself. */
    @Override
    public String heads(String table, int most) {
        String first = " AND due_at IS NOT NULL ORDER BY kind, tenant, due_at FETCH FIRST 1 ROWS ONLY)";
        return "WITH RECURSIVE heads (tenant, due_at, place, due) AS ((SELECT tenant, due_at, 1, CAST(due_at <= ? AS int) FROM "
                + table + " WHERE kind = ? AND tenant > ?" + first
                + " UNION ALL SELECT n.tenant, n.due_at, h.place + 1, h.due + CAST(n.due_at <= ? AS int) FROM heads h"
                + " CROSS JOIN LATERAL (SELECT tenant, due_at FROM " + table + " WHERE kind = ? AND tenant > h.tenant"
                + first + " n WHERE h.place < ? AND h.due < ?) SELECT tenant, due_at FROM heads";
    }

    @Override
    public void bindHeads(PreparedStatement statement, String kind, String behind, long now, int most, int wanted)
            throws SQLException {
        statement.setLong(1, now);
        statement.setString(2, kind);
        statement.setString(3, behind);
        statement.setLong(4, now);
        statement.setString(5, kind);
        statement.setInt(6, most);
        statement.setInt(7, wanted);
    }

    @Override
    public int turnsAtOnce() {
        return 1_000;
    }

    /** Jumps from lane to lane in the index. */
    @Override
    public Optional<String> lanes(String table, int most) {
        String next =
                " AND due_at IS NOT NULL ORDER BY kind, tenant, COALESCE(lookup, ''), due_at FETCH FIRST 1 ROWS ONLY)";
        String one = "(SELECT COALESCE(lookup, '') AS lane, due_at FROM " + table
                + " WHERE kind = ? AND tenant = of_tenant AND COALESCE(lookup, '') ";
        return Optional.of(
                "SELECT wanted.place, found.lane, found.due_at FROM unnest(CAST(? AS varchar[]), CAST(? AS varchar[]))"
                        + " WITH ORDINALITY AS wanted (of_tenant, of_lane, place) CROSS JOIN LATERAL (WITH RECURSIVE heads (lane, due_at,"
                        + " place, due) AS ((SELECT f.lane, f.due_at, 1, CAST(f.due_at <= ? AS int) FROM " + one
                        + ">= of_lane" + next
                        + " f) UNION ALL SELECT n.lane, n.due_at, h.place + 1, h.due + CAST(n.due_at <= ? AS int) FROM heads h"
                        + " CROSS JOIN LATERAL " + one + "> h.lane" + next + " n WHERE h.place < " + most
                        + " AND h.due < ?) SELECT lane, due_at FROM heads) found");
    }

    @Override
    public void bindLanes(
            PreparedStatement statement, String kind, List<String> tenants, List<String> from, long now, int wanted)
            throws SQLException {
        statement.setArray(1, statement.getConnection().createArrayOf("varchar", tenants.toArray()));
        statement.setArray(2, statement.getConnection().createArrayOf("varchar", from.toArray()));
        statement.setLong(3, now);
        statement.setString(4, kind);
        statement.setLong(5, now);
        statement.setString(6, kind);
        statement.setInt(7, wanted);
    }

    @Override
    public String dueLanes(String table, int most) {
        return "SELECT wanted.place, found.lane, found.many, found.latest FROM unnest(CAST(? AS varchar[]), CAST(? AS bigint[]))"
                + " WITH ORDINALITY AS wanted (of_tenant, from_due, place) CROSS JOIN LATERAL (SELECT lane, COUNT(*) AS many,"
                + " MAX(due_at) AS latest FROM (SELECT COALESCE(lookup, '') AS lane, due_at FROM " + table
                + " WHERE kind = ? AND tenant = of_tenant AND due_at >= from_due AND due_at <= ? ORDER BY kind, tenant, due_at"
                + " FETCH FIRST " + most + " ROWS ONLY) due GROUP BY lane) found";
    }

    @Override
    public void bindDueLanes(PreparedStatement statement, String kind, List<String> tenants, List<Long> from, long now)
            throws SQLException {
        statement.setArray(1, statement.getConnection().createArrayOf("varchar", tenants.toArray()));
        statement.setArray(2, statement.getConnection().createArrayOf("bigint", from.toArray()));
        statement.setString(3, kind);
        statement.setLong(4, now);
    }

    @Override
    public String lockDue(String table, String columns, List<Turn> turns) {
        return "SELECT found.* FROM unnest(CAST(? AS varchar[]), CAST(? AS varchar[]), CAST(? AS int[]))"
                + " wanted (of_tenant, of_lane, many) CROSS JOIN LATERAL (SELECT " + columns + " FROM " + table
                + " WHERE kind = ? AND tenant = of_tenant AND COALESCE(lookup, '') = of_lane AND due_at <= ?"
                + " ORDER BY due_at, id LIMIT many FOR UPDATE SKIP LOCKED) found";
    }

    @Override
    public int bindLockDue(PreparedStatement statement, String kind, List<Turn> turns, long now) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                1,
                connection.createArrayOf(
                        "varchar", turns.stream().map(Turn::tenant).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "varchar", turns.stream().map(Turn::lane).toArray()));
        statement.setArray(
                3,
                connection.createArrayOf("int", turns.stream().map(Turn::many).toArray()));
        statement.setString(4, kind);
        statement.setLong(5, now);
        return 6;
    }

    @Override
    public boolean updatesFromTable() {
        return true;
    }
}
