package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each query costs what it returns, not what is stored; shown by the plans of 200,000 records of which 200 are due. */
class QueryPlanTest {
    private static final int STORED = 200_000;
    private static final long NOW = TestRecords.NOON.toEpochMilli();
    private static final List<Turn> TURNS =
            List.of(new Turn("tenant-0", "lookup-0", 5), new Turn("tenant-2", "lookup-2", 5));

    @Nested
    class OnPostgres {
        private static TestPool pool;
        private static RecordSql sql;

        @BeforeAll
        static void fill() {
            pool = TestDatabases.postgres();
            sql = new RecordSql("linkspan_job_record", new PostgresDialect());
            JdbcStores.migrate(pool);
            TestDatabases.execute(
                    pool,
                    "INSERT INTO linkspan_job_record (tenant, kind, id, version, user_id, unique_key, lookup, status, due_at,"
                            + " payload) SELECT 'tenant-' || i % 100, 'JOB', 'id-' || i, 1, 'user-' || i % 1000,"
                            + " 'key-' || i, 'lookup-' || i % 20000, 'READY',"
                            + " CASE WHEN i % 1000 = 0 THEN " + (NOW - 1000) + " + i / 1000 WHEN i % 2 = 0 THEN " + NOW
                            + " + 1000 + i ELSE NULL END, decode(repeat('ab', 300), 'hex') FROM generate_series(1, "
                            + STORED
                            + ") i");
            TestDatabases.execute(
                    pool,
                    "UPDATE linkspan_job_record SET attention_at = " + NOW
                            + " + CASE WHEN MOD(substr(id, 4)::int, 4) = 0 THEN -length(user_id) ELSE 1000 END");
            copyToTokens(pool);
            TestDatabases.execute(pool, "VACUUM ANALYZE linkspan_job_record");
            TestDatabases.execute(pool, "VACUUM ANALYZE linkspan_token_record");
        }

        @Test
        void dueScan_readsTheIndexInOrderAndStopsAtTheLimit() throws Exception {
            String plan = explain(sql.due(100), "JOB", NOW);
            assertUses("linkspan_job_record_due", plan);
            assertFalse(plan.contains("Sort"), plan);
            assertTrue(buffers(plan) < 150, plan);
        }

        @Test
        void dueScan_withAReusedPlan_readsTheIndexToo() throws Exception {
            String numbered = sql.due(100).replaceFirst("\\?", "\\$1").replaceFirst("\\?", "\\$2");
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("PREPARE due_scan (varchar, bigint) AS " + numbered);
                statement.execute("SET plan_cache_mode = force_generic_plan");
                try (ResultSet rows = statement.executeQuery("EXPLAIN EXECUTE due_scan ('JOB', " + NOW + ")")) {
                    String plan = joined(rows);
                    assertUses("linkspan_job_record_due", plan);
                    assertTrue(plan.contains("$2"), plan);
                }
                statement.execute("RESET plan_cache_mode");
            }
        }

        @Test
        void dueScan_whenNothingIsDue_readsNextToNothing() throws Exception {
            String plan = explain(sql.due(1000), "JOB", NOW - 1_000_000);
            assertUses("linkspan_job_record_due", plan);
            assertTrue(buffers(plan) < 10, plan);
        }

        @Test
        void otherQueries_useTheirIndexes() throws Exception {
            assertUses("linkspan_job_record_pk", explain(sql.find(), "tenant-7", "JOB", "id-7"));
            assertUses("linkspan_job_record_key", explain(sql.findByKey(), "tenant-7", "JOB", "key-7"));
            assertUses("linkspan_job_record_lookup", explain(sql.byLookup(10), "JOB", "lookup-7"));
            assertUses(
                    "linkspan_token_record_by_user",
                    explain(tokens(new PostgresDialect()).page(10), "tenant-7", "JOB", "user-7", "id-1"));
        }

        @Test
        void attention_readsTheIndexInOrderAndStopsAtTheLimit() throws Exception {
            String plan = explain(sql.attention(20), "tenant-0", "JOB", 0L, NOW, 0L, "");
            assertUses("linkspan_job_record_attention", plan);
            assertFalse(plan.contains("Sort"), plan);
            assertTrue(buffers(plan) < 50, plan);
        }

        @Test
        void attention_whereNobodyHasTo_readsNextToNothing() throws Exception {
            String plan = explain(sql.attention(1000), "tenant-1", "JOB", 0L, NOW, 0L, "");
            assertTrue(plan.contains("on linkspan_job_record_attention"), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
            assertTrue(buffers(plan) < 10, plan);
        }

        @Test
        void walk_startsWhereThePageBeforeEnded() throws Exception {
            for (String plan : new String[] {
                explain(sql.scanTenant(100), "tenant-98", "JOB", "id-5"),
                explain(sql.scanBehindTenant(100), "tenant-97", "JOB")
            }) {
                assertUses("linkspan_job_record_pk", plan);
                assertFalse(plan.contains("Sort"), plan);
                assertTrue(buffers(plan) < 150, plan);
            }
        }

        @Test
        void claim_jumpsFromTenantToTenant() throws Exception {
            String plan = explain(sql.heads(80), NOW, "JOB", "tenant-1", NOW, "JOB", 80, 80);
            assertTrue(plan.contains("linkspan_job_record_fair"), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
            assertTrue(buffers(plan) < 80 * 6, plan);
        }

        /** One account of a tenant may have a backlog of any size: its head is read, and the next account's. */
        @Test
        void claim_jumpsFromLaneToLane() throws Exception {
            String plan = explain(
                    sql.lanes(50).orElseThrow(), "{tenant-0,tenant-2}", "{\"\",lookup-2}", NOW, "JOB", NOW, "JOB", 50);
            assertTrue(plan.contains("linkspan_job_record_lane"), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
            assertFalse(plan.contains("Sort"), plan);
            assertTrue(buffers(plan) < 100 * 6, plan);
        }

        @Test
        void claim_locksOnlyTheEarliestOfEachLane() throws Exception {
            String plan = explain(
                    sql.lockDue(RecordSql.COLUMNS, TURNS),
                    "{tenant-0,tenant-2}",
                    "{lookup-0,lookup-2}",
                    "{5,5}",
                    "JOB",
                    NOW + 1_000_000);
            assertTrue(plan.contains("linkspan_job_record_lane"), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
            assertFalse(plan.contains("Sort"), plan);
            assertTrue(plan.contains("LockRows"), plan);
            assertTrue(buffers(plan) < 10 * 6, plan);
            String counted = explain(sql.dueCount(21), "JOB");
            assertTrue(counted.contains("linkspan_job_record_due"), counted);
            assertTrue(buffers(counted) < 30, counted);
        }

        /** A busy table grows faster than its statistics, and a pooled connection keeps the plans it made. */
        @Test
        void withoutStatistics_readsNoMore() throws Exception {
            try (TestPool fresh = TestDatabases.postgres()) {
                JdbcStores.migrate(fresh);
                TestDatabases.execute(fresh, "ALTER TABLE linkspan_job_record SET (autovacuum_enabled = off)");
                TestDatabases.execute(
                        fresh,
                        "INSERT INTO linkspan_job_record (tenant, kind, id, version, user_id, lookup, status, due_at, payload)"
                                + " SELECT 'tenant', 'JOB', 'id-' || i, 1, 'user-' || i, 'lookup', 'READY', i,"
                                + " decode(repeat('ab', 300), 'hex') FROM generate_series(1, 5000) i");
                try (Connection connection = fresh.getConnection();
                        Statement statement = connection.createStatement()) {
                    connection.setAutoCommit(false);
                    statement.execute(new PostgresDialect().batchStart().orElseThrow());
                    statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
                    for (String query :
                            new String[] {sql.dueCount(21), sql.lockDue(RecordSql.POSITION, 20), sql.dueTenants(10_000)
                            }) {
                        String plan = generic(statement, query);
                        assertTrue(plan.contains("linkspan_job_record_due"), plan);
                        assertFalse(plan.contains("Sort Key: linkspan_job_record.due_at"), plan);
                        assertFalse(plan.contains("Seq Scan"), plan);
                    }
                    assertJumps("linkspan_job_record_fair", generic(statement, sql.heads(80)));
                    assertJumps(
                            "linkspan_job_record_lane",
                            generic(statement, sql.lanes(80).orElseThrow()));
                    String locked = generic(statement, sql.leaseOf(sql.lockDue(RecordSql.POSITION, TURNS)));
                    assertJumps("linkspan_job_record_lane", locked);
                    assertTrue(locked.contains("using linkspan_job_record_pk"), locked);
                    String due = generic(statement, sql.dueLanes(10_000));
                    assertTrue(due.contains("linkspan_job_record_fair"), due);
                    assertFalse(due.contains("Sort Key: linkspan_job_record.due_at"), due);
                    assertFalse(due.contains("Seq Scan"), due);
                    for (String query : new String[] {
                        sql.find(),
                        sql.replace(),
                        sql.replaceFromTable(),
                        sql.leaseOf(sql.lockDue(RecordSql.POSITION, 20))
                    }) {
                        String plan = generic(statement, query);
                        assertTrue(plan.contains("using linkspan_job_record_pk"), plan);
                        assertFalse(plan.contains("Seq Scan"), plan);
                        assertFalse(plan.contains("Hash"), plan);
                    }
                    connection.rollback();
                }
            }
        }

        /** Each jump reads one record of the index by lane, also by a plan that was made while the table was empty. */
        @Test
        void walkOverLanes_withoutStatistics_readsOneRecordALane() throws Exception {
            int lanes = 10_000;
            try (TestPool fresh = TestDatabases.postgres()) {
                JdbcStores.migrate(fresh);
                TestDatabases.execute(fresh, "ALTER TABLE linkspan_job_record SET (autovacuum_enabled = off)");
                String plan = executed(
                        fresh,
                        sql.lanes(1_000).orElseThrow(),
                        "'{tenant}', '{\"\"}', " + NOW + ", 'JOB', " + NOW + ", 'JOB', 50",
                        lanes);
                assertJumps("linkspan_job_record_lane", plan);
                assertTrue(buffers(plan) < 1_000 * 6, plan);
            }
        }

        /** The one plan for any values, made while the table is empty, and what it reads when there are so many lanes. */
        private static String executed(TestPool fresh, String query, String values, int lanes) throws SQLException {
            try (Connection connection = fresh.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(new PostgresDialect().batchStart().orElseThrow());
                statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
                statement.execute("PREPARE walk AS " + numbered(query));
                statement.execute("EXECUTE walk (" + values + ")");
                TestDatabases.execute(
                        fresh,
                        "INSERT INTO linkspan_job_record (tenant, kind, id, version, user_id, lookup, status, due_at, payload)"
                                + " SELECT 'tenant', 'JOB', 'id-' || i, 1, 'user-' || i, 'lookup-' || i, 'READY', "
                                + (NOW + 1000) + " + i, decode(repeat('ab', 300), 'hex') FROM generate_series(1, "
                                + lanes
                                + ") i");
                try (ResultSet rows =
                        statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) EXECUTE walk (" + values + ")")) {
                    return joined(rows);
                } finally {
                    connection.rollback();
                    statement.execute("DEALLOCATE ALL");
                    connection.commit();
                }
            }
        }

        private static void assertJumps(String index, String plan) {
            assertTrue(plan.contains(index), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
            assertFalse(plan.contains("Sort"), plan);
            assertFalse(plan.contains("Hash"), plan);
        }

        /** The plan for any parameters. */
        private static String generic(Statement statement, String query) throws SQLException {
            statement.execute("PREPARE any_parameters AS " + numbered(query));
            String nulls = String.join(", ", Collections.nCopies(query.split("\\?", -1).length - 1, "NULL"));
            try (ResultSet rows = statement.executeQuery("EXPLAIN EXECUTE any_parameters (" + nulls + ")")) {
                return joined(rows);
            } finally {
                statement.execute("DEALLOCATE any_parameters");
            }
        }

        private static String numbered(String query) {
            String[] parts = query.split("\\?", -1);
            StringBuilder numbered = new StringBuilder(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                numbered.append('$').append(i).append(parts[i]);
            }
            return numbered.toString();
        }

        private static String explain(String query, Object... parameters) throws SQLException {
            return lines("EXPLAIN (ANALYZE, BUFFERS) " + query, parameters);
        }

        private static String lines(String query, Object... parameters) throws SQLException {
            return QueryPlanTest.lines(pool, query, parameters);
        }

        private static void assertUses(String index, String plan) {
            assertTrue(plan.contains("using " + index), plan);
            assertFalse(plan.contains("Seq Scan"), plan);
        }

        /** Pages touched by the whole query. */
        private static int buffers(String plan) {
            Matcher hit =
                    Pattern.compile("Buffers: shared hit=(\\d+)( read=(\\d+))?").matcher(plan);
            assertTrue(hit.find(), plan);
            return Integer.parseInt(hit.group(1)) + (hit.group(3) == null ? 0 : Integer.parseInt(hit.group(3)));
        }
    }

    @Nested
    class OnMariaDb {
        private static TestPool pool;
        private static RecordSql sql;

        @BeforeAll
        static void fill() {
            pool = TestDatabases.mariaDb();
            sql = new RecordSql("linkspan_job_record", new MariaDbDialect(1011));
            JdbcStores.migrate(pool);
            TestDatabases.execute(
                    pool,
                    "INSERT INTO linkspan_job_record (tenant, kind, id, version, user_id, unique_key, lookup, status, due_at,"
                            + " attention_at, payload) SELECT CONCAT('tenant-', seq % 100), 'JOB', CONCAT('id-', seq), 1,"
                            + " CONCAT('user-', seq % 1000), CONCAT('key-', seq), CONCAT('lookup-', seq % 20000), 'READY',"
                            + " CASE WHEN seq % 1000 = 0 THEN " + (NOW - 1000)
                            + " + seq DIV 1000 WHEN seq % 2 = 0 THEN " + NOW
                            + " + 1000 + seq ELSE NULL END, CASE WHEN seq % 400 = 0 THEN " + (NOW - 1)
                            + " ELSE NULL END, REPEAT('x', 300) FROM seq_1_to_" + STORED);
            copyToTokens(pool);
            TestDatabases.execute(pool, "ANALYZE TABLE linkspan_job_record, linkspan_token_record");
        }

        @Test
        void dueScan_readsWhatItReturns() throws Exception {
            assertReads(120, sql.due(100), "JOB", NOW);
            assertReads(3, sql.due(1_000), "JOB", NOW - 1_000_000);
        }

        @Test
        void otherQueries_readWhatTheyReturn() throws Exception {
            assertReads(3, sql.find(), "tenant-7", "JOB", "id-7");
            assertReads(3, sql.findByKey(), "tenant-7", "JOB", "key-7");
            assertReads(13, sql.byLookup(10), "JOB", "lookup-7");
            assertReads(13, tokens(new MariaDbDialect(1011)).page(10), "tenant-7", "JOB", "user-7", "id-1");
            assertReads(23, sql.attention(20), "tenant-0", "JOB", 0L, NOW, 0L, "");
            assertReads(103, sql.scanTenant(100), "tenant-98", "JOB", "id-5");
            assertReads(103, sql.scanBehindTenant(100), "tenant-97", "JOB");
        }

        @Test
        void claim_jumpsFromTenantToTenantAndLaneToLaneAndLocksTheEarliest() throws Exception {
            assertReads(80 * 3, sql.heads(80), "JOB", "tenant-1");
            assertReads(3, sql.nextLane(), "JOB", "tenant-2", "lookup-2");
            assertReads(
                    30,
                    sql.lockDue(RecordSql.COLUMNS, TURNS),
                    "JOB",
                    "tenant-0",
                    "lookup-0",
                    NOW + 1_000_000,
                    "JOB",
                    "tenant-2",
                    "lookup-2",
                    NOW + 1_000_000);
            assertReads(50, sql.dueCount(21), "JOB");
            assertReads(50, sql.dueTenants(20), "JOB", 0L, NOW);
            assertReads(70, sql.dueLanes(20), "JOB", "tenant-0", 0L, NOW);
            assertReads(700, sql.dueLanes(10_000), "JOB", "tenant-0", 0L, NOW);
        }

        /** Rows and index entries that InnoDB was asked for, which is what a query costs there. */
        private static void assertReads(int most, String query, Object... parameters) throws SQLException {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("FLUSH STATUS");
                try (PreparedStatement prepared = connection.prepareStatement(query)) {
                    for (int i = 0; i < parameters.length; i++) {
                        prepared.setObject(i + 1, parameters[i]);
                    }
                    try (ResultSet rows = prepared.executeQuery()) {
                        assertTrue(rows.next() || most <= 3, "nothing found: " + query);
                    }
                }
                try (ResultSet rows =
                        statement.executeQuery("SELECT SUM(variable_value) FROM information_schema.session_status"
                                + " WHERE variable_name IN ('HANDLER_READ_FIRST', 'HANDLER_READ_KEY',"
                                + " 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV', 'HANDLER_READ_RND')")) {
                    rows.next();
                    assertTrue(rows.getInt(1) <= most, rows.getInt(1) + " reads, at most " + most + ": " + query);
                }
            }
        }
    }

    @Nested
    class OnH2 {
        private static TestPool pool;
        private static RecordSql sql;

        @BeforeAll
        static void fill() {
            pool = TestDatabases.h2();
            sql = new RecordSql("linkspan_job_record", new H2Dialect(205));
            JdbcStores.migrate(pool);
            TestDatabases.execute(
                    pool,
                    "INSERT INTO linkspan_job_record (tenant, kind, id, version, user_id, unique_key, lookup, status, due_at,"
                            + " payload) SELECT 'tenant-' || MOD(x, 100), 'JOB', 'id-' || x, 1, 'user-' || MOD(x, 1000),"
                            + " 'key-' || x, 'lookup-' || MOD(x, 2000), 'READY', CASE WHEN MOD(x, 1000) = 0 THEN "
                            + (NOW - 1000)
                            + " + x / 1000 WHEN MOD(x, 2) = 0 THEN " + NOW
                            + " + 1000 + x ELSE NULL END, X'ab' FROM system_range(1, "
                            + STORED / 10 + ")");
            TestDatabases.execute(
                    pool,
                    "UPDATE linkspan_job_record SET attention_at = " + NOW
                            + " + CASE WHEN id LIKE '%00' THEN -1 ELSE 1000 END");
            copyToTokens(pool);
            TestDatabases.execute(pool, "ANALYZE");
        }

        @Test
        void dueScan_readsTheIndexInOrder() throws Exception {
            String plan = explain(sql.due(100), "JOB", NOW);
            assertUses("LINKSPAN_JOB_RECORD_DUE", plan);
            assertTrue(plan.contains("index sorted"), plan);
        }

        @Test
        void otherQueries_useTheirIndexes() throws Exception {
            assertUses("LINKSPAN_JOB_RECORD_KEY", explain(sql.findByKey(), "tenant-7", "JOB", "key-7"));
            assertUses("LINKSPAN_JOB_RECORD_LOOKUP", explain(sql.byLookup(10), "JOB", "lookup-7"));
            assertUses(
                    "LINKSPAN_TOKEN_RECORD_USER",
                    explain(tokens(new H2Dialect(205)).page(10), "tenant-7", "JOB", "user-7", "id-1"));
            String attention = explain(sql.attention(10), "tenant-0", "JOB", 0L, NOW, 0L, "");
            assertUses("LINKSPAN_JOB_RECORD_ATTENTION", attention);
            assertTrue(attention.contains("index sorted"), attention);
            assertFalse(explain(sql.find(), "tenant-7", "JOB", "id-7").contains("tableScan"));
        }

        @Test
        void readOfWhatIsDue_usesTheIndexesByDueTime() throws Exception {
            assertUses("LINKSPAN_JOB_RECORD_DUE", explain(sql.dueTenants(10_000), "JOB", 0L, NOW));
            assertUses("LINKSPAN_JOB_RECORD_FAIR", explain(sql.dueLanes(10_000), "JOB", "tenant-0", 0L, NOW));
        }

        private static String explain(String query, Object... parameters) throws SQLException {
            return lines(pool, "EXPLAIN ANALYZE " + query, parameters);
        }

        private static void assertUses(String index, String plan) {
            assertTrue(plan.contains(index), plan);
        }
    }

    /** Pages by user are read from this table alone; the other one has no index for them. */
    private static RecordSql tokens(Dialect dialect) {
        return new RecordSql("linkspan_token_record", dialect);
    }

    private static void copyToTokens(TestPool pool) {
        TestDatabases.execute(
                pool,
                "INSERT INTO linkspan_token_record (" + RecordSql.COLUMNS + ") SELECT " + RecordSql.COLUMNS
                        + " FROM linkspan_job_record WHERE user_id LIKE 'user-%7'");
    }

    private static String lines(TestPool pool, String query, Object... parameters) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (parameters.length == 0) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(query)) {
                    return joined(rows);
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return joined(rows);
                }
            }
        }
    }

    private static String joined(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
            text.append(rows.getString(1)).append('\n');
        }
        return text.toString();
    }
}
