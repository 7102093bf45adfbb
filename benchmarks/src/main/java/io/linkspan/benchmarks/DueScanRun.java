package io.linkspan.benchmarks;

import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Asks a store on PostgreSQL for 1,000 due connections, among 10,000 and among 1,000,000 stored ones, and shows the query
 * plans. Pages are warm in both.
 */
public final class DueScanRun {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int DUE = 1_000;
    private static final int ROUNDS = 300;
    private static final int WARM_UP = 100;

    private DueScanRun() {}

    /** A filled schema and the one connection to it. */
    private record Filled(Connection connection, TokenStore store) {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws IOException if PostgreSQL does not start
     * @throws SQLException if it refuses
     */
    public static void main(String[] args) throws IOException, SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            Filled few = fill(server, "few", 10_000);
            Filled many = fill(server, "many", 1_000_000);
            double[] fewTimes = new double[ROUNDS];
            double[] manyTimes = new double[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double one = scan(few.store());
                double other = scan(many.store());
                if (round >= 0) {
                    fewTimes[round] = one;
                    manyTimes[round] = other;
                }
            }
            plan(few, "10,000");
            plan(many, "1,000,000");
            print("10,000", fewTimes);
            print("1,000,000", manyTimes);
            Goal.atMost("due-scan/1000000-to-10000", at(manyTimes, 0.5) / at(fewTimes, 0.5), 2);
        }
    }

    private static double scan(TokenStore store) {
        long start = System.nanoTime();
        List<StoredRecord> due = store.due(RecordKind.CONNECTION, NOW, DUE);
        double micros = (System.nanoTime() - start) / 1000.0;
        if (due.size() != DUE) {
            throw new IllegalStateException("expected " + DUE + " due records, got " + due.size());
        }
        return micros;
    }

    private static double at(double[] times, double share) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[(int) ((sorted.length - 1) * share)];
    }

    private static void print(String stored, double[] times) {
        System.out.printf(
                Locale.ROOT,
                "%,d due among %s: median %.0f microseconds, 90 %% within %.0f, %d scans%n",
                DUE,
                stored,
                at(times, 0.5),
                at(times, 0.9),
                times.length);
    }

    private static Filled fill(EmbeddedPostgres server, String schema, int stored) throws SQLException {
        String url = server.getJdbcUrl("postgres", "postgres");
        try (Connection setup = DriverManager.getConnection(url);
                Statement statement = setup.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        Connection connection = DriverManager.getConnection(url + "&currentSchema=" + schema);
        DataSource source = OneConnection.lending(connection);
        JdbcStores.migrate(source);
        JdbcStores stores = JdbcStores.create(source);
        long now = NOW.toEpochMilli();
        int every = stored / DUE;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO linkspan_token_record (tenant, kind, id, version, user_id, unique_key, lookup,"
                            + " status, due_at, payload) SELECT 'tenant-' || i % 100, 'CONNECTION', 'id-' || i, 1, 'user-' || i % 5000,"
                            + " 'key-' || i, 'account-' || i, 'authorized', CASE WHEN i % " + every + " = 0 THEN " + now
                            + " - i / " + every + " ELSE " + now + " + 1 + (i % 7200) * 1000 END,"
                            + " decode(repeat(md5(i::text), 80), 'hex') FROM generate_series(1, " + stored + ") i");
            statement.execute("VACUUM ANALYZE linkspan_token_record");
        }
        return new Filled(connection, stores.tokens());
    }

    /** The plan of the text the store sent last, as the server saw it. */
    private static void plan(Filled filled, String stored) throws SQLException {
        int process = number(filled.connection(), "SELECT pg_backend_pid()");
        scan(filled.store());
        String sent;
        try (Connection watcher = DriverManager.getConnection(
                        filled.connection().getMetaData().getURL());
                Statement statement = watcher.createStatement();
                ResultSet row = statement.executeQuery("SELECT query FROM pg_stat_activity WHERE pid = " + process)) {
            row.next();
            sent = row.getString(1);
        }
        if (!sent.contains("due_at")) {
            sent = "SELECT * FROM linkspan_token_record WHERE kind = $1 AND due_at <= $2 ORDER BY kind, due_at"
                    + " FETCH FIRST " + DUE + " ROWS ONLY";
        }
        System.out.printf("%nquery plan among %s stored:%n  %s%n", stored, sent);
        String text = sent.replace("$1", "'CONNECTION'").replace("$2", Long.toString(NOW.toEpochMilli()));
        try (Statement statement = filled.connection().createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) " + text)) {
            while (rows.next()) {
                System.out.println("  " + rows.getString(1));
            }
        }
        System.out.println();
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
