package io.linkspan.benchmarks;

import io.linkspan.benchmarks.RestoredFleet.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A run of publications that loses its database and goes on from a back-up taken in its middle, on the same platforms, once without and
 * once with {@link io.linkspan.Recovery}: what the ledgers show.
 */
public final class RestoreRun {
    private RestoreRun() {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws Exception if PostgreSQL does not start or refuses
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("linkspan-restore");
        try (DurablePostgres server = new DurablePostgres()) {
            Result without = run(server, folder.resolve("without"), false);
            Result with = run(server, folder.resolve("with"), true);
            System.out.printf("%n%-48s %14s %14s%n", "after the restored back-up", "as it is", "afterRestore");
            print("accepted jobs in the back-up", without.known(), with.known());
            print("posts that appear twice", without.doubles(), with.doubles());
            print("jobs without a verdict or with a wrong one", without.lost(), with.lost());
            print("jobs that a person decided about", without.decided(), with.decided());
            print("  of these posted before the loss", without.there(), with.there());
            print("jobs found published by their handle", without.found(), with.found());
            print("posts of publications that the back-up lacks", without.unknown(), with.unknown());
            print("dead tokens called healthy", without.deadCalledHealthy(), with.deadCalledHealthy());
            print("connections that had to be made again", without.reconnected(), with.reconnected());
            System.out.println();
            Goal.atMost("restore/double-posts", with.doubles(), 0);
            Goal.atMost("restore/lost-jobs", with.lost(), 0);
            Goal.atMost("restore/dead-tokens-called-healthy", with.deadCalledHealthy(), 0);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Result run(DurablePostgres server, Path folder, boolean recovery) throws Exception {
        try (RestoredFleet fleet = new RestoredFleet(server, folder, recovery)) {
            fleet.publishAndBackUp();
            fleet.goOnUntilLost();
            fleet.restore();
            return fleet.goOnToTheEnd();
        }
    }

    private static void print(String what, long without, long with) {
        System.out.printf("%-48s %14d %14d%n", what, without, with);
    }
}
