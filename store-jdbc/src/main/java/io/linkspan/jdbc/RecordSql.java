package io.linkspan.jdbc;

/** The SQL over one table of records. Every statement of this kind is here. */
final class RecordSql {
    private static final String COLUMNS =
            "tenant, kind, id, version, user_id, unique_key, lookup, status, due_at, attention_at, payload";
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
        return select + " WHERE kind = ? AND due_at <= ?" + ordered("kind", "due_at", limit);
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

    String heads(int limit) {
        return dialect.heads(table, limit);
    }

    String lockDue(int tenants, int perTenant) {
        return dialect.lockDue(table, COLUMNS, tenants, perTenant);
    }

    /** The earliest of all tenants. */
    String lockDue(int limit) {
        return due(limit) + " FOR UPDATE SKIP LOCKED";
    }

    String lease() {
        return "UPDATE " + table + " SET version = ?, due_at = ?" + ONE + " AND version = ?";
    }

    private String ordered(String fixed, String moving, int limit) {
        return " ORDER BY " + dialect.order(fixed, moving) + first(limit);
    }

    /** Part of the text and not a parameter, so that a planner which reuses a plan still knows that only a few rows are wanted. */
    private static String first(int limit) {
        return " FETCH FIRST " + limit + " ROWS ONLY";
    }
}
