package io.linkspan.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.JobStoreContract;
import io.linkspan.testkit.store.TokenStoreContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract kits with every call on another node than the one before. */
@Tag("proof")
class GaleraContractTest {
    private static final int ROUNDS = 5;

    /** Each write is a commit on three servers. */
    private static final int MANY = 3_000;

    private static GaleraCluster cluster;
    private static InTurn nodes;

    @BeforeAll
    static void start() throws IOException {
        Optional<String> missing = GaleraCluster.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElseThrow());
        cluster = GaleraCluster.start();
        nodes = new InTurn(IntStream.range(0, GaleraCluster.NODES)
                .mapToObj(cluster::jdbcUrl)
                .toList());
        JdbcStores.migrate(nodes);
    }

    @AfterAll
    static void stop() {
        if (nodes != null) {
            nodes.close();
            cluster.close();
        }
    }

    @Test
    void migrate_onAllNodesAtOnce_succeedsForAll() throws Exception {
        List<HikariDataSource> pools = IntStream.range(0, GaleraCluster.NODES)
                .mapToObj(node -> Pools.of(cluster.jdbcUrl(node)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(pools.size());
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String prefix = "round" + round + "_";
                List<Future<?>> migrations = new ArrayList<>();
                for (HikariDataSource pool : pools) {
                    migrations.add(threads.submit(() -> JdbcStores.migrate(pool, prefix)));
                }
                for (Future<?> migration : migrations) {
                    migration.get(60, TimeUnit.SECONDS);
                }
                JdbcStores.builder(nodes).tablePrefix(prefix).build();
            }
        } finally {
            threads.shutdownNow();
            pools.forEach(HikariDataSource::close);
        }
    }

    @Test
    void connectionsThatMissAcknowledgedWrites_areWarnedOf() {
        assertEquals("", warnings(cluster.jdbcUrl(0)));
        String warned = warnings(cluster.jdbcUrl(0).replace(GaleraCluster.CAUSAL, ""));
        assertTrue(warned.contains("wsrep_sync_wait is 0"), warned);
        assertTrue(warned.contains("add " + GaleraCluster.CAUSAL + " to the URL"), warned);
    }

    /** The logger of the tests writes to standard error. */
    private static String warnings(String url) {
        PrintStream before = System.err;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try (HikariDataSource pool = Pools.of(url)) {
            JdbcStores.create(pool);
        } finally {
            System.setErr(before);
        }
        return caught.toString(StandardCharsets.UTF_8);
    }

    private static JdbcStores empty() throws SQLException {
        try (Connection connection = nodes.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("token_record", "job_record", "history")) {
                statement.execute("DELETE FROM linkspan_" + table);
            }
        }
        return JdbcStores.create(nodes);
    }

    @Nested
    class Tokens extends TokenStoreContract {
        @Override
        protected TokenStore emptyStore() throws SQLException {
            return empty().tokens();
        }

        @Override
        protected TokenStore anotherNode() {
            return JdbcStores.create(nodes).tokens();
        }

        @Override
        protected Optional<TokenStore> reopened() {
            return Optional.of(anotherNode());
        }

        @Override
        protected Optional<Process> crashWriter() throws IOException {
            return Optional.of(GaleraWriter.start("tokens", cluster.spreadUrl()));
        }

        @Override
        protected int manyRecords() {
            return MANY;
        }
    }

    @Nested
    class Jobs extends JobStoreContract {
        @Override
        protected JobStore emptyStore() throws SQLException {
            return empty().jobs();
        }

        @Override
        protected JobStore anotherNode() {
            return JdbcStores.create(nodes).jobs();
        }

        @Override
        protected Optional<JobStore> reopened() {
            return Optional.of(anotherNode());
        }

        @Override
        protected Optional<Process> crashWriter() throws IOException {
            return Optional.of(GaleraWriter.start("jobs", cluster.spreadUrl()));
        }

        @Override
        protected int manyRecords() {
            return MANY;
        }
    }
}
