package io.linkspan.kills;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;

/** Runs a campaign over one store and ends with 0 only when nothing was violated. */
final class KillRun {
    /** So many kills share accounts and a store, so that no consent ends within a campaign. */
    private static final int CAMPAIGN = 50;

    private KillRun() {}

    public static void main(String[] arguments) throws Exception {
        StoreKind store = StoreKind.valueOf(option(arguments, "--store", "h2").toUpperCase(Locale.ROOT));
        int kills = Integer.parseInt(option(arguments, "--kills", "500"));
        long seed = Long.parseLong(option(arguments, "--seed", Long.toString(freshSeed())));
        System.out.println("store " + store + ", kills " + kills + ", seed " + seed);
        int violations = 0;
        int killed = 0;
        for (int done = 0; done < kills; done += CAMPAIGN) {
            Report report = campaign(store, Math.min(CAMPAIGN, kills - done), seed + done);
            System.out.print(report.toText());
            violations += report.violations().size();
            killed += report.tally().kills();
        }
        System.out.println(Report.goal(store, violations, killed));
        System.exit(violations == 0 ? 0 : 1);
    }

    /** A campaign with accounts, ledgers and a store of its own. */
    private static Report campaign(StoreKind store, int kills, long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("linkspan-kills");
        if (store == StoreKind.H2) {
            return run(store, folder.resolve("store").toString(), folder, kills, seed);
        }
        try (EmbeddedPostgres server = postgres()) {
            return run(store, server.getJdbcUrl("postgres", "postgres"), folder, kills, seed);
        }
    }

    static EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setConnectConfig("connectTimeout", "20")
                .start();
    }

    private static String option(String[] arguments, String name, String otherwise) {
        int at = List.of(arguments).indexOf(name);
        return at >= 0 && at + 1 < arguments.length ? arguments[at + 1] : otherwise;
    }

    static long freshSeed() {
        return new SecureRandom().nextInt(Integer.MAX_VALUE);
    }

    /** Brings up the platforms, and runs. */
    static Report run(StoreKind store, String address, Path folder, int kills, long seed)
            throws IOException, InterruptedException {
        MovedClock clock = new MovedClock();
        try (Outside outside = new Outside(folder, clock)) {
            return Campaign.run(outside, clock, outside.settings(store, address, false), kills, seed);
        }
    }
}
