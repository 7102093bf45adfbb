package io.linkspan.benchmarks;

import io.linkspan.TenantId;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * 1,000,000 connections on PostgreSQL, against 10,000 in the same run: bytes per connection, due scan, page by owner, and how many records
 * per second a change of keys rewrites. Durable commits are on. The payload is as large as that of a connection to TikTok.
 */
public final class StoreRun {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int PAYLOAD = 1_280;
    private static final int DUE = 1_000;
    private static final int ROUNDS = 200;
    private static final int WARM_UP = 50;
    private static final int REWRITTEN = 20_000;
    private static final int PAGE = 200;

    private StoreRun() {}

    private record Filled(Connection connection, TokenStore store) {}

    private record Row(double bytes, double due, double page, double rewrap) {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws Exception if PostgreSQL does not start or refuses
     */
    public static void main(String[] args) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            Row few = measured(fill(server, "few", 10_000), 10_000);
            Row many = measured(fill(server, "many", 1_000_000), 1_000_000);
            System.out.printf(Locale.ROOT, "%n%-34s %14s %14s%n", "connections stored", "10,000", "1,000,000");
            print("bytes per connection, indexes in", few.bytes(), many.bytes());
            print("scan for 1,000 due, microseconds", few.due(), many.due());
            print("page of one owner, microseconds", few.page(), many.page());
            print("records rewritten per second", few.rewrap(), many.rewrap());
            System.out.println();
            Goal.atMost("store/due-scan-1000000-to-10000", many.due() / few.due(), 2);
            Goal.atMost("store/page-1000000-to-10000", many.page() / few.page(), 2);
            Goal.atLeast("store/rewrap-1000000-to-10000", many.rewrap() / few.rewrap(), 0.8);
        }
    }

    private static void print(String what, double few, double many) {
        System.out.printf(Locale.ROOT, "%-34s %,14.0f %,14.0f%n", what, few, many);
    }

    private static Row measured(Filled filled, int stored) throws Exception {
        double due = median(() -> filled.store().due(RecordKind.CONNECTION, NOW, DUE), DUE);
        // every user has two connections
        double page = median(
                () -> filled.store().page(new TenantId("tenant-7"), RecordKind.CONNECTION, "user-7", "", 100), 2);
        return new Row(bytes(filled) / stored, due, page, rewrap(filled.store(), Math.min(stored, REWRITTEN)));
    }

    private static double bytes(Filled filled) throws SQLException {
        try (Statement statement = filled.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_total_relation_size('linkspan_token_record')")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static double median(Callable<List<StoredRecord>> query, int expected) throws Exception {
        double[] times = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = System.nanoTime();
            int found = query.call().size();
            double micros = (System.nanoTime() - start) / 1000.0;
            if (found != expected) {
                throw new IllegalStateException("expected " + expected + " records, got " + found);
            }
            if (round >= 0) {
                times[round] = micros;
            }
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    /** As a change of keys goes: a walk page by page, and one compare-and-set per record. */
    private static double rewrap(TokenStore store, int count) {
        RecordScan scan = (RecordScan) store;
        long start = System.nanoTime();
        StoredRecord last = null;
        int rewritten = 0;
        while (rewritten < count) {
            List<StoredRecord> page = scan.scan(RecordKind.CONNECTION, last, Math.min(PAGE, count - rewritten));
            for (StoredRecord record : page) {
                byte[] payload = record.payload();
                payload[0]++;
                if (!store.replace(record.next().payload(payload).build())) {
                    throw new IllegalStateException("refused " + record);
                }
                last = record;
                rewritten++;
            }
        }
        return rewritten / ((System.nanoTime() - start) / 1e9);
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
        long now = NOW.toEpochMilli();
        int every = stored / DUE;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO linkspan_token_record (tenant, kind, id, version, user_id, unique_key, lookup,"
                            + " status, due_at, payload) SELECT 'tenant-' || (i / 2) % 100, 'CONNECTION', md5(i::text), 1,"
                            + " 'user-' || i / 2, 'key-' || md5('k' || i), md5('a' || i), 'authorized', CASE WHEN i % "
                            + every
                            + " = 0 THEN " + now + " - i / " + every + " ELSE " + now + " + 1 + (i % 7200) * 1000 END, "
                            + randomBytes() + " FROM generate_series(0, " + (stored - 1) + ") i");
            statement.execute("VACUUM ANALYZE linkspan_token_record");
        }
        return new Filled(connection, JdbcStores.create(source).tokens());
    }

    /** What is encrypted cannot be compressed. */
    private static String randomBytes() {
        StringBuilder parts = new StringBuilder("decode(");
        for (int part = 0; part < PAYLOAD / 32; part++) {
            parts.append(part == 0 ? "" : " || ")
                    .append("encode(sha256(('")
                    .append(part)
                    .append("-' || i)::bytea), 'hex')");
        }
        return parts.append(", 'hex')").toString();
    }
}
