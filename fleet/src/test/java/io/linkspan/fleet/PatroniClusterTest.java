package io.linkspan.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.fleet.PatroniCluster.Replication;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatroniClusterTest {
    @Test
    void killedLeader_anotherLeads() throws Exception {
        assumeTrue(PatroniCluster.missing().isEmpty(), () -> "skipped: " + PatroniCluster.missing());
        long begun = System.nanoTime();
        try (PatroniCluster cluster = PatroniCluster.start(3, Replication.SYNCHRONOUS)) {
            System.out.println("started after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
            assertEquals(1, cluster.synchronous().size());
            String killed = cluster.killLeader();
            System.out.println("writable after " + cluster.awaitWritable(Duration.ofSeconds(60)));
            assertNotEquals(killed, cluster.leader().orElseThrow());
            cluster.restart(killed);
            System.out.println("complete after " + cluster.awaitComplete(Duration.ofSeconds(60)));
        }
    }
}
