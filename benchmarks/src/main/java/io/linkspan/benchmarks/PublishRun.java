package io.linkspan.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.jdbc.JdbcStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Whole publishes on PostgreSQL with durable commits, against simulators that take no time: durable writes per job, and jobs per second
 * with 1, 2 and 4 worker processes. The simulators and the media server run in this process and share the processors with the workers.
 */
public final class PublishRun {
    /** Each account gets five posts on either platform: TikTok takes six in a minute. */
    private static final int ACCOUNTS = Integer.getInteger("publish.accounts", 150);

    private static final int POSTS = 5;
    private static final int WARM_UP = 10;

    private PublishRun() {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws Exception if PostgreSQL or a worker process does not start
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("linkspan-publish");
        try (DurablePostgres server = new DurablePostgres();
                Platforms platforms = new Platforms(folder, InstantSource.system(), Duration.ZERO)) {
            System.out.println(DurablePostgres.durability(server.create("asked")));
            PublishWrites.run(server, platforms);
            Map<Integer, Double> rates = new LinkedHashMap<>();
            for (int processes : List.of(1, 2, 4)) {
                rates.put(processes, rate(server, platforms, processes));
            }
            print(rates);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void print(Map<Integer, Double> rates) {
        System.out.printf(
                "%nwhole publishes, half to TikTok by bytes and half to Instagram; %d processors for workers, platforms and"
                        + " PostgreSQL together%n",
                Runtime.getRuntime().availableProcessors());
        System.out.printf("%-18s %14s%n", "worker processes", "jobs per s");
        rates.forEach((processes, rate) -> System.out.printf(Locale.ROOT, "%-18d %14.1f%n", processes, rate));
        System.out.println();
        Goal.atLeast("publish/two-workers-to-one", rates.get(2) / rates.get(1), 1);
    }

    private static double rate(DurablePostgres server, Platforms platforms, int processes) throws Exception {
        String address = server.create("rate_" + processes);
        Product product = platforms.product(address);
        List<WorkerJvm> workers = new ArrayList<>();
        try (HikariDataSource pool = product.pool()) {
            JdbcStores.migrate(pool);
            try (Linkspan linkspan = product.linkspan(JdbcStores.create(pool), InstantSource.system())) {
                List<Platforms.Pair> pairs =
                        platforms.connect(linkspan, "rate." + processes, ACCOUNTS + processes * WARM_UP);
                linkspan.worker().runDue();
                for (int i = 0; i < processes; i++) {
                    workers.add(new WorkerJvm(product));
                }
                submit(linkspan, product, pairs.subList(ACCOUNTS, pairs.size()));
                worked(pool, workers);
                submit(linkspan, product, pairs.subList(0, ACCOUNTS));
                double rate = ACCOUNTS * POSTS * 2 / worked(pool, workers);
                if (processes == 1) {
                    TableSizes.print(address);
                }
                return rate;
            }
        } finally {
            workers.forEach(WorkerJvm::close);
        }
    }

    private static void submit(Linkspan linkspan, Product product, List<Platforms.Pair> pairs) {
        for (int post = 0; post < POSTS; post++) {
            for (Platforms.Pair pair : pairs) {
                String key = pair.account() + "-" + post;
                linkspan.publisher().submit(Product.OWNER, key, product.post(key, pair.tiktok(), pair.instagram()));
            }
        }
    }

    /** Seconds until nothing is due any more. */
    private static double worked(DataSource pool, List<WorkerJvm> workers)
            throws IOException, SQLException, InterruptedException {
        long start = System.nanoTime();
        for (WorkerJvm worker : workers) {
            worker.order("start");
        }
        while (open(new Queries(pool)) > 0) {
            Thread.sleep(100);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (WorkerJvm worker : workers) {
            worker.order("stop");
        }
        return seconds;
    }

    /** Jobs with something left to do. */
    private static long open(Queries queries) throws SQLException {
        long ended = queries.number("SELECT count(*) FROM linkspan_job_record WHERE kind = 'JOB'"
                + " AND due_at IS NULL AND status <> 'published'");
        if (ended > 0) {
            throw new IllegalStateException(ended + " jobs ended without a post");
        }
        return queries.number("SELECT count(*) FROM linkspan_job_record WHERE kind = 'JOB' AND due_at IS NOT NULL");
    }
}
