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
            try (ResultSet rows = statement.executeQuery("SELECT kind, count(*), avg(pg_column_size(r))::bigint,"
                    + " avg(octet_length(payload))::bigint FROM linkspan_job_record r GROUP BY kind ORDER BY kind")) {
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
