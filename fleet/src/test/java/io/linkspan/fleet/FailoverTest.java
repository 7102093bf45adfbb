package io.linkspan.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.jdbc.JdbcStores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writers at work while a database server dies. What each run found is printed. */
@Tag("proof")
class FailoverTest {
    private static final int WRITES = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void leaderKilled_synchronous_keepsEveryAcknowledgedWrite() throws Exception {
        Writers.Found found = leaderKilled(3, Replication.SYNCHRONOUS);

        assertEquals(0, found.lost(), "acknowledged writes that are not there");
        assertEquals(List.of(), found.problems());
    }

    /** What is lost is told, not judged: it depends on how far the standby was behind. */
    @Test
    void leaderKilled_asynchronous_goesOn() throws Exception {
        Writers.Found found = leaderKilled(2, Replication.ASYNCHRONOUS);

        assertEquals(List.of(), found.problems());
    }

    private static Writers.Found leaderKilled(int size, Replication replication) throws Exception {
        skipWhere(PatroniCluster.missing());
        try (PatroniCluster cluster = PatroniCluster.start(size, replication);
                HikariDataSource pool = Pools.of(cluster.jdbcUrl())) {
            JdbcStores.migrate(pool);
            try (Writers writers = new Writers(JdbcStores.create(pool).jobs())) {
                writers.awaitMore(WRITES, LIMIT);
                cluster.awaitApplied(LIMIT); // or an asynchronous standby could take over without the table
                String killed = cluster.killLeader();
                Duration writable = cluster.awaitWritable(LIMIT);
                assertNotEquals(Optional.of(killed), cluster.leader());
                cluster.restart(killed);
                writers.awaitMore(WRITES, LIMIT);
                cluster.awaitComplete(LIMIT);
                return told("Patroni, " + replication, writers, writable);
            }
        }
    }

    @Test
    void galeraNodeKilled_keepsEveryAcknowledgedWrite() throws Exception {
        skipWhere(GaleraCluster.missing());
        try (GaleraCluster cluster = GaleraCluster.start();
                HikariDataSource pool = Pools.of(cluster.spreadUrl())) {
            JdbcStores.migrate(pool);
            try (Writers writers = new Writers(JdbcStores.create(pool).jobs())) {
                writers.awaitMore(WRITES, LIMIT);
                cluster.killNode(0);
                Duration writable = cluster.awaitWritable(LIMIT);
                cluster.restart(0);
                writers.awaitMore(WRITES, LIMIT);
                Writers.Found found = told("Galera", writers, writable);

                assertEquals(0, found.lost(), "acknowledged writes that are not there");
                assertEquals(List.of(), found.problems());
            }
        }
    }

    private static Writers.Found told(String what, Writers writers, Duration writable) throws InterruptedException {
        Writers.Found found = writers.stop();
        System.out.println(what + ": writable " + writable.toMillis() + " ms after the kill, longest silence "
                + writers.longestSilence().toMillis() + " ms, " + found);
        return found;
    }

    private static void skipWhere(Optional<String> missing) {
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElseThrow());
    }
}
