package io.linkspan.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Arrays;
import java.util.Locale;

/**
 * No-op jobs claimed and completed through a job store on PostgreSQL, durable commits on, client on the same cores: against the least one
 * can do one by one, db-scheduler and JobRunr, and against itself with more waiting, more connections and more tenants. The jobs of
 * Linkspan have the columns and the size of a job of publishing; those of the others carry nothing.
 */
public final class QueueRun {
    private static final int JOBS = 20_000;
    private static final int ROUNDS = 3;
    private static final int POOL = 40;
    private static final int[] BATCHES = {1, 20, 100, 500};
    private static final int[] THREADS = {1, 2, 4, 8};
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int LANES = 10_000;
    private static final int TENANTS = 1_000;

    private final EmbeddedPostgres server;

    private QueueRun(EmbeddedPostgres server) {
        this.server = server;
    }

    @FunctionalInterface
    private interface Drain {
        double on(QueueDatabase database) throws Exception;
    }

    private record Best(double rate, int batch, int threads) {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws Exception if PostgreSQL does not start or refuses
     */
    public static void main(String[] args) throws Exception {
        try (EmbeddedPostgres server = QueueDatabase.server()) {
            System.out.println("PostgreSQL: " + QueueDatabase.settings(server) + "; "
                    + Runtime.getRuntime().availableProcessors() + " cores, the client on the same");
            System.out.printf(Locale.ROOT, "%n%-58s %10s%n", "%,d jobs".formatted(JOBS), "jobs/s");
            new QueueRun(server).run();
        }
    }

    private void run() throws Exception {
        double pair = pair();
        double dbScheduler = Math.max(dbScheduler(10), dbScheduler(20));
        double jobRunr = Math.max(jobRunr(16), jobRunr(32));
        Best best = best();
        double few = backlog(FEW, 1, 1, best);
        double many = backlog(MANY, 1, 1, best);
        double lanes = backlog(LANES, 1, LANES, best);
        double oneLane = backlog(LANES, 1, 1, best);
        double tenants = backlog(LANES, TENANTS, LANES, best);
        System.out.println();
        Goal.atLeast("queue/to-db-scheduler", best.rate() / dbScheduler, 2);
        Goal.atLeast("queue/to-jobrunr", best.rate() / jobRunr, 6);
        Goal.atLeast("queue/to-one-by-one", best.rate() / pair, 1);
        Goal.atLeast("queue/flat-1000-to-1000000", many / few, 0.8);
        Goal.atLeast("queue/flat-lanes", lanes / oneLane, 0.8);
        Goal.atLeast("queue/flat-tenants", tenants / oneLane, 0.8);
    }

    private double pair() throws Exception {
        try (QueueDatabase database = new QueueDatabase(server, POOL)) {
            QueuePair pair = new QueuePair(database);
            return printed(
                    "one by one, " + QueuePair.CLIENTS + " clients, " + pair.client(), median(() -> pair.drain(JOBS)));
        }
    }

    private double dbScheduler(int threads) throws Exception {
        return printed(
                "db-scheduler, lock and fetch, " + threads + " threads",
                median(() -> onNew(database -> QueueDbScheduler.drain(database, JOBS, threads))));
    }

    private double jobRunr(int workers) throws Exception {
        return printed(
                "JobRunr, " + workers + " workers",
                median(() -> onNew(database -> QueueJobRunr.drain(database, JOBS, workers))));
    }

    /** Each once, of single jobs fewer, then the best of them again. */
    private Best best() throws Exception {
        Best best = new Best(0, 1, 1);
        for (int batch : BATCHES) {
            for (int threads : THREADS) {
                int jobs = batch == 1 ? JOBS / 4 : JOBS;
                String name = "Linkspan, batches of %d, %d threads, once, %,d jobs".formatted(batch, threads, jobs);
                double rate = printed(name, linkspan(jobs, batch, threads));
                if (rate > best.rate()) {
                    best = new Best(rate, batch, threads);
                }
            }
        }
        int batch = best.batch();
        int threads = best.threads();
        String name = "Linkspan, batches of " + batch + ", " + threads + " threads";
        return new Best(printed(name, median(() -> linkspan(JOBS, batch, threads))), batch, threads);
    }

    private double linkspan(int jobs, int batch, int threads) throws Exception {
        return onNew(database -> {
            QueueLinkspan linkspan = new QueueLinkspan(database);
            linkspan.insert(jobs);
            database.execute("VACUUM ANALYZE linkspan_job_record");
            return linkspan.drain(jobs, batch, threads);
        });
    }

    /** With less in hand than the smallest backlog holds. */
    private double backlog(int waiting, int tenants, int connections, Best best) throws Exception {
        int batch = Math.min(best.batch(), FEW / 10);
        int threads = Math.min(best.threads(), 4);
        try (QueueBacklog backlog = new QueueBacklog(new QueueDatabase(server, POOL), waiting, tenants, connections)) {
            double rate = printed(
                    "Linkspan, %,d waiting, tenants %,d, connections %,d".formatted(waiting, tenants, connections),
                    median(() -> backlog.rate(JOBS, batch, threads)));
            if (waiting == MANY) {
                backlog.printPlan(batch);
            }
            return rate;
        }
    }

    private double onNew(Drain drain) throws Exception {
        try (QueueDatabase database = new QueueDatabase(server, POOL)) {
            return drain.on(database);
        }
    }

    @FunctionalInterface
    private interface Measured {
        double rate() throws Exception;
    }

    private static double median(Measured measured) throws Exception {
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rates[round] = measured.rate();
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static double printed(String name, double rate) {
        System.out.printf(Locale.ROOT, "%-58s %,10.0f%n", name, rate);
        return rate;
    }
}
