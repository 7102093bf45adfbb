package io.linkspan.fleet;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GaleraClusterTest {
    @Test
    void killedNode_othersTakeWritesAndItComesBack() throws Exception {
        assumeTrue(GaleraCluster.missing().isEmpty(), () -> "skipped: " + GaleraCluster.missing());
        long begun = System.nanoTime();
        try (GaleraCluster cluster = GaleraCluster.start()) {
            System.out.println("started after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
            cluster.killNode(1);
            System.out.println("writable after " + cluster.awaitWritable(Duration.ofSeconds(60)));
            System.out.println("back after " + cluster.restart(1));
            cluster.awaitWritable(Duration.ofSeconds(10));
            assertTrue(cluster.isAlive(1));
        }
    }
}
