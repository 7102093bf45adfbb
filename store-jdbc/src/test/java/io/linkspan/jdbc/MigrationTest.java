package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.StoreException;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MigrationTest {
    abstract static class Rules {
        abstract TestPool emptyDatabase();

        @Test
        void missingSchema_isRefusedWithTheRemedy() {
            TestPool pool = emptyDatabase();
            StoreException refused = assertThrows(StoreException.class, () -> JdbcStores.create(pool));
            assertEquals(
                    "table linkspan_schema_version is missing or empty, this release of Linkspan needs 6;"
                            + " run JdbcStores.migrate(dataSource), or check schema and table prefix",
                    refused.getMessage());
            assertEquals(0, pool.lent());
        }

        @Test
        void migrate_twice_changesNothing() {
            TestPool pool = emptyDatabase();
            JdbcStores.migrate(pool);
            assertTrue(
                    JdbcStores.create(pool).jobs().insert(TestRecords.job("id").build()));
            JdbcStores.migrate(pool);
            assertFalse(
                    JdbcStores.create(pool).jobs().insert(TestRecords.job("id").build()));
            assertEquals(0, pool.lent());
        }

        @Test
        void migrate_byManyAtOnce_succeedsForAll() throws Exception {
            for (int round = 0; round < 10; round++) {
                try (TestPool pool = emptyDatabase()) {
                    migrateByManyAtOnce(pool);
                }
            }
        }

        private static void migrateByManyAtOnce(TestPool pool) throws Exception {
            ExecutorService executor = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> nodes = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    nodes.add(executor.submit(() -> JdbcStores.migrate(pool)));
                }
                for (Future<?> node : nodes) {
                    node.get(30, TimeUnit.SECONDS);
                }
            } finally {
                executor.shutdownNow();
            }
            assertTrue(
                    JdbcStores.create(pool).jobs().insert(TestRecords.job("id").build()));
        }

        @Test
        void newerSchema_isRefused() {
            TestPool pool = emptyDatabase();
            JdbcStores.migrate(pool);
            TestDatabases.execute(pool, "INSERT INTO linkspan_schema_version (version) VALUES (99)");
            String expected = "table linkspan_schema_version says schema 99, this release of Linkspan knows up to 6;"
                    + " use the newer release, or another table prefix";
            assertEquals(
                    expected,
                    assertThrows(StoreException.class, () -> JdbcStores.create(pool))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(StoreException.class, () -> JdbcStores.migrate(pool))
                            .getMessage());
        }

        @Test
        void otherPrefix_isASetOfTablesOfItsOwn() {
            TestPool pool = emptyDatabase();
            JdbcStores.migrate(pool);
            JdbcStores.migrate(pool, "acme_");
            JdbcStores.migrate(pool, "");
            JdbcStores plain = JdbcStores.create(pool);
            JdbcStores acme = JdbcStores.builder(pool).tablePrefix("acme_").build();
            JdbcStores bare = JdbcStores.builder(pool).tablePrefix("").build();
            assertTrue(plain.jobs().insert(TestRecords.job("id").build()));
            assertTrue(acme.jobs().insert(TestRecords.job("id").build()));
            assertTrue(bare.jobs().insert(TestRecords.job("id").build()));
            TestDatabases.execute(pool, "DROP TABLE acme_job_record");
            StoreException missing = assertThrows(
                    StoreException.class,
                    () -> acme.jobs().insert(TestRecords.job("id").build()));
            assertTrue(
                    missing.getMessage().startsWith("insert of JOB id in acme_job_record failed"),
                    missing.getMessage());
            assertTrue(
                    missing.getMessage()
                            .contains(
                                    "the table is missing; run JdbcStores.builder(dataSource).tablePrefix(\"acme_\").migrate()"),
                    missing.getMessage());
        }

        @Test
        void otherSchema_holdsTheTables() {
            TestPool pool = emptyDatabase();

            String schema = "linkspan_apart_" + System.nanoTime() % 1_000_000_000L;
            JdbcStores.Builder builder = JdbcStores.builder(pool).schema(schema);
            StoreException missing = assertThrows(StoreException.class, builder::migrate);
            assertTrue(
                    missing.getMessage().contains("schema " + schema + " is missing; create it with CREATE SCHEMA"),
                    missing.getMessage());
            TestDatabases.execute(pool, "CREATE SCHEMA " + schema);
            StoreException empty = assertThrows(StoreException.class, builder::build);
            assertTrue(
                    empty.getMessage()
                            .contains("run JdbcStores.builder(dataSource).schema(\"" + schema + "\").migrate()"),
                    empty.getMessage());

            JdbcStores stores = builder.migrate().migrate().build();

            assertTrue(stores.jobs()
                    .insert(TestRecords.job("id").dueAt(TestRecords.NOON).build()));
            assertEquals(
                    1, stores.jobs().due(RecordKind.JOB, TestRecords.NOON, 10).size());
            assertEquals(
                    1,
                    ((ClaimingStore) stores.jobs())
                            .claim(RecordKind.JOB, Duration.ofMinutes(1), 10)
                            .size());
            assertThrows(StoreException.class, () -> JdbcStores.create(pool), "the connection's own schema is empty");
            TestDatabases.execute(pool, "DROP TABLE " + schema + ".linkspan_job_record");
            StoreException dropped = assertThrows(
                    StoreException.class,
                    () -> stores.jobs().insert(TestRecords.job("other").build()));
            assertTrue(
                    dropped.getMessage().startsWith("insert of JOB other in " + schema + ".linkspan_job_record failed"),
                    dropped.getMessage());
            assertEquals(0, pool.lent());
        }

        @Test
        void olderSchema_isNamedAndBroughtAlong() {
            TestPool pool = emptyDatabase();
            JdbcStores.migrate(pool);
            TestDatabases.execute(pool, "DELETE FROM linkspan_schema_version WHERE version >= 3");
            TestDatabases.execute(pool, dropFairIndex());
            StoreException older = assertThrows(StoreException.class, () -> JdbcStores.create(pool));
            assertEquals(
                    "table linkspan_schema_version says schema 2, this release of Linkspan needs 6;"
                            + " run JdbcStores.migrate(dataSource), or check schema and table prefix",
                    older.getMessage());
            JdbcStores.migrate(pool);
            assertTrue(
                    JdbcStores.create(pool).jobs().insert(TestRecords.job("id").build()));
        }

        String dropFairIndex() {
            return "DROP INDEX linkspan_job_record_fair";
        }
    }

    @Nested
    class OnH2 extends Rules {
        @Override
        TestPool emptyDatabase() {
            return TestDatabases.h2();
        }
    }

    @Nested
    class OnMariaDb extends Rules {
        @Override
        String dropFairIndex() {
            return "DROP INDEX linkspan_job_record_fair ON linkspan_job_record";
        }

        @Override
        TestPool emptyDatabase() {
            return TestDatabases.mariaDb();
        }
    }

    @Nested
    class OnPostgres extends Rules {
        @Override
        TestPool emptyDatabase() {
            return TestDatabases.postgres();
        }
    }

    @Test
    void prefixThatIsNoIdentifier_isRefused() {
        for (String prefix : List.of("Upper_", "a b", "1a", "x;drop", "p".repeat(31))) {
            assertThrows(IllegalArgumentException.class, () -> JdbcStores.migrate(TestDatabases.h2(), prefix), prefix);
        }
    }

    @Test
    void schemaThatIsNoIdentifier_isRefused() {
        for (String schema : List.of("Upper", "a b", "1a", "x;drop", "s".repeat(64))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> JdbcStores.builder(TestDatabases.h2()).schema(schema),
                    schema);
        }
    }
}
