package io.linkspan.fleet;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code benchmarks/run fleet}: ends with 0 only when nothing was violated. */
final class FleetMain {
    private FleetMain() {}

    public static void main(String[] arguments) throws Exception {
        Plan plan = Plan.of(arguments);
        Optional<String> missing = plan.failover() ? PatroniCluster.missing() : Optional.empty();
        if (missing.isPresent()) {
            System.err.println("no failover without a cluster: " + missing.get() + "; or run with --no-failover");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("linkspan-fleet");
        FleetReport report = plan.failover() ? overCluster(plan, folder) : overOne(plan, folder);
        System.out.print(report.toText() + report.goals());
        System.exit(report.violations().isEmpty() ? 0 : 1);
    }

    static FleetReport overOne(Plan plan, Path folder) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setConnectConfig("connectTimeout", "20")
                .setServerConfig("max_connections", "200")
                .start()) {
            return FleetRun.run(plan, folder, server.getJdbcUrl("postgres", "postgres"), null);
        }
    }

    static FleetReport overCluster(Plan plan, Path folder) throws Exception {
        try (PatroniCluster cluster = PatroniCluster.start(3, Replication.SYNCHRONOUS)) {
            return FleetRun.run(plan, folder, cluster.jdbcUrl(), () -> failOver(cluster));
        }
    }

    /** Kills the primary, waits for another one, and brings the killed one back. */
    private static void failOver(PatroniCluster cluster) {
        try {
            String killed = cluster.killLeader();
            cluster.awaitWritable(Duration.ofMinutes(2));
            cluster.restart(killed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
