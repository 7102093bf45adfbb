package io.linkspan.jdbc;

import java.util.List;
import java.util.Optional;

/** The SQL over one table of records. Every statement of this kind is here. */
final class RecordSql {
    static final String COLUMNS =
            "tenant, kind, id, version, user_id, unique_key, lookup, status, due_at, attention_at, payload";

    /** What a row is found by and its turn depends on. */
    static final String POSITION = "tenant, kind, id, version, due_at";

    private static final String DUE = " WHERE kind = ? AND due_at <= ?";
    private static final String SAME = " WHERE r.tenant = t.tenant AND r.kind = t.kind AND r.id = t.id";
    private static final String ONE = " WHERE tenant = ? AND kind = ? AND id = ?";

    private final String table;
    private final Dialect dialect;
    private final String select;
    private final String insert;

    RecordSql(String table, Dialect dialect) {
        this.table = table;
        this.dialect = dialect;
        this.select = "SELECT " + COLUMNS + " FROM " + table;
        this.insert = "INSERT INTO " + table + " (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + dialect.insertUnlessTaken();
    }

    String table() {
        return table;
    }

    String insert() {
        return insert;
    }

    String find() {
        return select + ONE;
    }

    String findByKey() {
        return select + " WHERE tenant = ? AND kind = ? AND unique_key = ?";
    }

    String replace() {
        return "UPDATE " + table
                + " SET version = ?, user_id = ?, unique_key = ?, lookup = ?, status = ?, due_at = ?, attention_at = ?,"
                + " payload = ?" + ONE + " AND version = ?";
    }

    String delete() {
        return "DELETE FROM " + table + ONE + " AND version = ?";
    }

    String due(int limit) {
        return select + DUE + ordered("kind", "due_at", limit);
    }

    String byLookup(int limit) {
        return select + " WHERE kind = ? AND lookup = ?" + ordered("kind, lookup", "tenant, id", limit);
    }

    String page(int limit) {
        return select + " WHERE tenant = ? AND kind = ? AND user_id = ? AND id > ?"
                + ordered("tenant, kind, user_id", "id", limit);
    }

    /** The first comparison gives the range, the last one leaves out what was on the page before. */
    String attention(int limit) {
        return select + " WHERE tenant = ? AND kind = ? AND attention_at >= ? AND attention_at <= ?"
                + " AND (attention_at > ? OR id > ?)" + ordered("tenant, kind", "attention_at, id", limit);
    }

    /** A walk goes on within the tenant and then behind it: in two ranges, because no planner makes them from one condition. */
    String scanTenant(int limit) {
        return select + " WHERE tenant = ? AND kind = ? AND id > ?" + ordered("tenant, kind", "id", limit);
    }

    String scanBehindTenant(int limit) {
        return select + dialect.behindTenant() + first(limit);
    }

    String now() {
        return "SELECT " + dialect.now();
    }

    /** How many are due, counted no further than the limit, and the clock. */
    String dueCount(int limit) {
        return "SELECT COUNT(*), " + dialect.now() + " FROM (SELECT due_at FROM " + table
                + " WHERE kind = ? AND due_at <= " + dialect.now() + ordered("kind", "due_at", limit) + ") due";
    }

    /** Reads the index of what is due and the rows behind it. */
    String open() {
        return "SELECT status, COUNT(*), SUM(CASE WHEN due_at <= ? THEN 1 ELSE 0 END), MIN(due_at) FROM " + table
                + " WHERE kind = ? AND due_at IS NOT NULL GROUP BY status";
    }

    String heads(int most) {
        return dialect.heads(table, most);
    }

    Optional<String> lanes(int most) {
        return dialect.lanes(table, most);
    }

    /** The lane from one on, and its earliest. */
    String nextLane() {
        return "SELECT lane, due_at FROM " + table + " WHERE kind = ? AND tenant = ? AND lane >= ?"
                + ordered("kind, tenant", "lane, due_at", 1);
    }

    /** Tenants among the earliest that are due from a moment on: how many records of each that are, and the latest of them. */
    String dueTenants(int most) {
        return "SELECT tenant, COUNT(*), MAX(due_at) FROM (SELECT tenant, due_at FROM " + table
                + " WHERE kind = ? AND due_at >= ? AND due_at <= ?" + ordered("kind", "due_at", most)
                + ") due GROUP BY tenant";
    }

    String dueLanes(int most) {
        return dialect.dueLanes(table, most);
    }

    String lockDue(String columns, List<Turn> turns) {
        return dialect.lockDue(table, columns, turns);
    }

    /** The earliest of all tenants. */
    String lockDue(String columns, int limit) {
        return "SELECT " + columns + " FROM " + table + DUE + ordered("kind", "due_at", limit)
                + " FOR UPDATE SKIP LOCKED";
    }

    String lease() {
        return "UPDATE " + table + " SET version = ?, due_at = ?" + ONE + " AND version = ?";
    }

    /** Leases what a query locks, and returns it as it was. */
    String leaseOf(String locking) {
        return "WITH t AS (" + locking + ") UPDATE " + table + " r SET version = r.version + 1, due_at = ? FROM t"
                + SAME
                + " AND r.version = t.version RETURNING r.tenant, r.kind, r.id, t.version, r.user_id,"
                + " r.unique_key, r.lookup, r.status, t.due_at, r.attention_at, r.payload";
    }

    /** Its parameters are arrays, one per column; returns the places in them of what was replaced, from 1. */
    String replaceFromTable() {
        return "UPDATE " + table + " r SET version = t.version, user_id = t.user_id, unique_key = t.unique_key,"
                + " lookup = t.lookup, status = t.status, due_at = t.due_at, attention_at = t.attention_at,"
                + " payload = t.payload FROM unnest(CAST(? AS varchar[]), CAST(? AS varchar[]), CAST(? AS varchar[]),"
                + " CAST(? AS bigint[]), CAST(? AS varchar[]), CAST(? AS varchar[]), CAST(? AS varchar[]),"
                + " CAST(? AS varchar[]), CAST(? AS bigint[]), CAST(? AS bigint[]), CAST(? AS bytea[]))"
                + " WITH ORDINALITY AS t (" + COLUMNS + ", place)" + SAME
                + " AND r.version = t.version - 1 RETURNING t.place";
    }

    private String ordered(String fixed, String moving, int limit) {
        return " ORDER BY " + dialect.order(fixed, moving) + first(limit);
    }

    /** Part of the text and not a parameter, so that a planner which reuses a plan still knows that only a few rows are wanted. */
    private static String first(int limit) {
        return " FETCH FIRST " + limit + " ROWS ONLY";
    }
}
