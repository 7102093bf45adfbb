package io.linkspan.fleet;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the fleet works on. */
enum Database {
    /** One PostgreSQL, which nobody kills. */
    POSTGRESQL {
        @Override
        Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        FleetReport run(Plan plan, Path folder) throws Exception {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setConnectConfig("connectTimeout", "20")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .start()) {
                return FleetRun.run(plan, folder, server.getJdbcUrl("postgres", "postgres"), null);
            }
        }
    },
    /** Three PostgreSQL under Patroni with synchronous replication, of which the leader is killed. */
    PATRONI {
        @Override
        Optional<String> missing() {
            return PatroniCluster.missing();
        }

        @Override
        FleetReport run(Plan plan, Path folder) throws Exception {
            try (PatroniCluster cluster = PatroniCluster.start(3, Replication.SYNCHRONOUS)) {
                return FleetRun.run(plan, folder, cluster.jdbcUrl(), () -> {
                    String killed = cluster.killLeader();
                    cluster.awaitWritable(LIMIT);
                    return () -> cluster.restart(killed);
                });
            }
        }
    },
    /** Three MariaDB under Galera, all of them written to, of which one is killed. */
    GALERA {
        @Override
        Optional<String> missing() {
            return GaleraCluster.missing();
        }

        @Override
        FleetReport run(Plan plan, Path folder) throws Exception {
            try (GaleraCluster cluster = GaleraCluster.start()) {
                return FleetRun.run(plan, folder, cluster.spreadUrl(), () -> {
                    cluster.killNode(0);
                    cluster.awaitWritable(LIMIT);
                    return () -> cluster.restart(0);
                });
            }
        }
    };

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What has to be installed for it, and how; empty when all is there. */
    abstract Optional<String> missing();

    abstract FleetReport run(Plan plan, Path folder) throws Exception;

    /** A server dies. */
    interface Failover {
        /**
         * Kills it and waits until writes are taken again.
         *
         * @return brings it back
         */
        Mending kill() throws IOException;
    }

    /** What was killed comes back. */
    interface Mending {
        void mend() throws IOException;
    }
}
