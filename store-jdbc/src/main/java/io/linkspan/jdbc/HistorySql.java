package io.linkspan.jdbc;

/** The SQL over the table of history. */
final class HistorySql {
    private static final String COLUMNS = "tenant, subject, sequence_no, happened_at, entry";

    private final String table;
    private final Dialect dialect;
    private final String append;

    HistorySql(String table, Dialect dialect) {
        this.table = table;
        this.dialect = dialect;
        this.append =
                "INSERT INTO " + table + " (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?)" + dialect.insertUnlessTaken();
    }

    String table() {
        return table;
    }

    String append() {
        return append;
    }

    String read(int limit) {
        return "SELECT " + COLUMNS + " FROM " + table + " WHERE tenant = ? AND subject = ? AND sequence_no > ?"
                + " ORDER BY " + dialect.order("tenant, subject", "sequence_no") + " FETCH FIRST " + limit
                + " ROWS ONLY";
    }

    String remove() {
        return "DELETE FROM " + table + " WHERE tenant = ? AND subject = ? AND happened_at < ?";
    }
}
