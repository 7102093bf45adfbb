package io.linkspan.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Rows and bytes of the tables after a run, indexes included: as the run left them, and rewritten without dead rows. */
final class TableSizes {
    private TableSizes() {}

    static void print(String address) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            long connections =
                    number(statement, "SELECT count(*) FROM linkspan_token_record WHERE kind = 'CONNECTION'");
            long jobs = number(statement, "SELECT count(*) FROM linkspan_job_record WHERE kind = 'JOB'");
            System.out.printf(
                    Locale.ROOT,
                    "%nbytes with indexes, of %,d connections and %,d finished jobs (two per publication)%n",
                    connections,
                    jobs);
            System.out.printf("%-40s %12s %12s %14s%n", "", "rows", "as it is", "VACUUM FULL");
            table(statement, "linkspan_token_record", "per connection", connections);
            table(
                    statement,
                    "linkspan_history",
                    "per line of history",
                    number(statement, "SELECT count(*) FROM linkspan_history"));
            table(statement, "linkspan_job_record", "per job, with publications and lanes", jobs);
            lines(statement);
            kinds(statement, "linkspan_token_record");
            kinds(statement, "linkspan_job_record");
        }
    }

    /** Lines as a renewal writes them, as many as show what a year costs. */
    private static void lines(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE lines (LIKE linkspan_history INCLUDING ALL)");
        statement.execute("INSERT INTO lines SELECT 'harbour', md5((i % 100)::text), i, 1795600000000 + i,"
                + " '{\"sequence\":' || i || ',\"at\":\"2026-11-25T23:46:27.123Z\",\"actor\":\"linkspan\",\"action\":\"renewed\","
                + "\"detail\":\"access token valid until 2026-11-26T01:46:27.123Z, consent ends 2027-05-24T23:46:27.123Z\",\"cause\":null}'"
                + " FROM generate_series(1, 100000) i");
        table(statement, "lines", "per line that a renewal writes", 100_000);
    }

    /** Rows without indexes, so that what is only there for a while can be told from what stays. */
    private static void kinds(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT kind, count(*), avg(pg_column_size(r))::bigint,"
                + " avg(octet_length(payload))::bigint FROM " + table + " r GROUP BY kind ORDER BY kind")) {
            while (rows.next()) {
                System.out.printf(
                        Locale.ROOT,
                        "  %-38s %,12d rows of %,d bytes, payload %,d%n",
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getLong(4));
            }
        }
    }

    private static void table(Statement statement, String table, String what, long each) throws SQLException {
        long rows = number(statement, "SELECT count(*) FROM " + table);
        long before = number(statement, "SELECT pg_total_relation_size('" + table + "')");
        statement.execute("VACUUM FULL " + table);
        long after = number(statement, "SELECT pg_total_relation_size('" + table + "')");
        System.out.printf(Locale.ROOT, "%-40s %,12d %,12d %,14d%n", what, rows, before / each, after / each);
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
