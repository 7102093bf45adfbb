package io.linkspan.examples.customstore;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scans cost what they return: shown by the plans over 40,000 accounts, half of them from before Linkspan. */
class QueryPlanTest {
    private static ProductDatabase database;

    @BeforeAll
    static void fill() {
        database = ProductDatabase.create();
        database.execute("ALTER TABLE social_accounts DROP CONSTRAINT social_accounts_owner");
        database.execute("""
                INSERT INTO social_accounts (workspace_id, user_id, status, linkspan_kind, linkspan_id, linkspan_version,
                    linkspan_key, linkspan_lookup, linkspan_due_at, linkspan_attention_at, linkspan_payload)
                SELECT 'workspace-' || i % 10, 'user-' || i % 1000, 'authorized',
                    CASE WHEN i % 2 = 0 THEN 'CONNECTION' END, CASE WHEN i % 2 = 0 THEN 'id-' || i END,
                    CASE WHEN i % 2 = 0 THEN 1 END, CASE WHEN i % 2 = 0 THEN 'key-' || i END,
                    CASE WHEN i % 2 = 0 THEN 'lookup-' || i % 5000 END,
                    CASE WHEN i % 2 = 0 THEN timestamptz '2026-03-02 09:00Z' + i * interval '1 minute' END,
                    CASE WHEN i % 2 = 0 THEN timestamptz '2026-03-02 09:00Z' + i * interval '1 hour' END,
                    CASE WHEN i % 2 = 0 THEN decode(repeat('ab', 400), 'hex') END
                FROM generate_series(1, 40000) i
                """);
        database.execute("ANALYZE social_accounts");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static void assertUses(String index, String sql) {
        String plan = database.lines("EXPLAIN SELECT " + Rows.COLUMNS + " FROM social_accounts WHERE " + sql);
        assertTrue(plan.contains("using " + index + " on"), plan);
        List.of("Seq Scan", "Sort").forEach(slow -> assertFalse(plan.contains(slow), plan));
    }

    @Test
    void scansReadTheirIndexInOrder() {
        assertUses(
                "social_accounts_due",
                "linkspan_kind = 'CONNECTION' AND linkspan_due_at <= '2026-03-20 09:00Z'"
                        + " ORDER BY linkspan_kind, linkspan_due_at LIMIT 100");
        assertUses(
                "social_accounts_attention",
                "workspace_id = 'workspace-2' AND linkspan_kind = 'CONNECTION'"
                        + " AND linkspan_attention_at <= '2029-06-02 09:00Z'"
                        + " AND (linkspan_attention_at, linkspan_id) > ('2026-03-02 09:00Z', 'id-7')"
                        + " ORDER BY linkspan_attention_at, linkspan_id LIMIT 20");
        assertUses(
                "social_accounts_lookup",
                "linkspan_kind = 'CONNECTION' AND linkspan_lookup = 'lookup-8'"
                        + " ORDER BY linkspan_kind, linkspan_lookup, workspace_id, linkspan_id LIMIT 1000");
    }

    @Test
    void singleRowsAndPagesUseTheirIndex() {
        assertUses(
                "social_accounts_linkspan",
                "workspace_id = 'workspace-2' AND linkspan_kind = 'CONNECTION' AND linkspan_id = 'id-2'");
        assertUses(
                "social_accounts_key",
                "workspace_id = 'workspace-2' AND linkspan_kind = 'CONNECTION' AND linkspan_key = 'key-2'");
        assertUses(
                "social_accounts_user",
                "workspace_id = 'workspace-2' AND linkspan_kind = 'CONNECTION' AND user_id = 'user-2'"
                        + " AND linkspan_id > 'id-1' ORDER BY linkspan_id LIMIT 3");
    }
}
