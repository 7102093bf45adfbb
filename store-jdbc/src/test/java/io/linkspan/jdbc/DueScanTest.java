package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A backlog that is larger than one call reads, beside names that have only later work: each part of it that is read costs the others a claim. */
class DueScanTest {
    private static final int READ = 100;
    private static final int PARTS = 4;
    private static final String COLUMNS =
            "INSERT INTO linkspan_job_record (tenant, kind, id, version, user_id, lookup, status, due_at, payload) SELECT ";

    private static void fill(TestPool pool, String tenant, String lookup) {
        JdbcStores.migrate(pool);
        rows(pool, tenant("later", tenant), lookup("later", lookup), "later", 2_000, 4_000_000_000_000L);
        rows(pool, tenant("backlog", tenant), lookup("backlog", lookup), "backlog", READ * PARTS - 20, 1_000);
        rows(pool, tenant("other", tenant), lookup("other", lookup), "other", 10, 500_000);
    }

    private static String tenant(String name, String tenant) {
        return tenant.isEmpty() ? named(name) : "'" + tenant + "'";
    }

    private static String lookup(String name, String lookup) {
        return lookup.isEmpty() ? named(name) : "'" + lookup + "'";
    }

    private static String named(String name) {
        return name.equals("backlog") ? "'backlog'" : "'" + name + "-' || x";
    }

    private static void rows(TestPool pool, String tenant, String lookup, String id, int count, long due) {
        TestDatabases.execute(
                pool,
                COLUMNS + tenant + ", 'JOB', '" + id + "-' || x, 1, 'user', " + lookup + ", 'READY', " + due
                        + " + x, X'ab' FROM system_range(1, " + count + ")");
    }

    /** Each claim gives back what it took of the backlog. */
    private static Set<String> served(TestPool pool, int claims) throws Exception {
        JdbcJobStore store = new JdbcJobStore(Database.detect(pool, Tables.DEFAULT, OpenTransaction.REFUSE), READ);
        Set<String> served = new TreeSet<>();
        for (int claim = 0; claim < claims; claim++) {
            for (StoredRecord record : store.claim(RecordKind.JOB, Duration.ofHours(1), 20)) {
                if (record.id().startsWith("other")) {
                    served.add(record.id());
                } else {
                    store.replace(record.next()
                            .dueAt(TestRecords.NOON.minus(Duration.ofDays(900)))
                            .build());
                }
            }
        }
        return served;
    }

    @Test
    void lanes_areMetWithinAsManyClaimsAsTheBacklogHasParts() throws Exception {
        try (TestPool pool = TestDatabases.h2()) {
            fill(pool, "tenant", "");
            assertEquals(10, served(pool, PARTS).size());
        }
    }

    @Test
    void tenants_areMetWithinAsManyClaimsAsTheBacklogHasParts() throws Exception {
        try (TestPool pool = TestDatabases.h2()) {
            fill(pool, "", "lookup");
            assertEquals(10, served(pool, PARTS).size());
        }
    }
}
