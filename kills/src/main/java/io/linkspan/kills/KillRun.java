package io.linkspan.kills;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Runs a campaign over one store and ends with 0 only when nothing was violated. */
final class KillRun {
    private KillRun() {}

    public static void main(String[] arguments) throws Exception {
        StoreKind store = StoreKind.valueOf(option(arguments, "--store", "h2").toUpperCase(Locale.ROOT));
        int kills = Integer.parseInt(option(arguments, "--kills", "500"));
        long seed = Long.parseLong(option(arguments, "--seed", Long.toString(freshSeed())));
        System.out.println("store " + store + ", kills " + kills + ", seed " + seed);
        Path folder = Files.createTempDirectory("linkspan-kills");
        Report report = run(store, folder, kills, seed, false, Moment::draw);
        System.out.print(report.toText());
        System.exit(report.clean() ? 0 : 1);
    }

    private static String option(String[] arguments, String name, String otherwise) {
        int at = List.of(arguments).indexOf(name);
        return at >= 0 && at + 1 < arguments.length ? arguments[at + 1] : otherwise;
    }

    static long freshSeed() {
        return new SecureRandom().nextInt(Integer.MAX_VALUE);
    }

    /** Brings up what outlives the workers, and runs. */
    static Report run(
            StoreKind store,
            Path folder,
            int kills,
            long seed,
            boolean lateCommits,
            Function<RandomGenerator, Moment> moments)
            throws IOException, InterruptedException {
        MovedClock clock = new MovedClock();
        try (Outside outside = new Outside(folder, clock)) {
            if (store == StoreKind.H2) {
                Settings settings =
                        outside.settings(store, folder.resolve("store").toString(), lateCommits);
                return Campaign.run(outside, clock, settings, kills, seed, moments);
            }
            try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setConnectConfig("connectTimeout", "20")
                    .start()) {
                Settings settings = outside.settings(store, server.getJdbcUrl("postgres", "postgres"), lateCommits);
                return Campaign.run(outside, clock, settings, kills, seed, moments);
            }
        }
    }
}
