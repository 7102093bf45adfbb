package io.linkspan.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.kills.Moment.AtRequest;
import io.linkspan.kills.Moment.How;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills over each store; {@code kills/run} does the full number. */
class KillsTest {
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void killedOverH2File_onePostPerAcceptedJob() throws Exception {
        check(run(StoreKind.H2, folder.resolve("store").toString()));
    }

    @Test
    void killedOverPostgres_onePostPerAcceptedJob() throws Exception {
        try (EmbeddedPostgres server = postgres()) {
            check(run(StoreKind.POSTGRESQL, server.getJdbcUrl("postgres", "postgres")));
        }
    }

    @Test
    void storeWritesCommitsLate_checkFindsTheDuplicates() throws Exception {
        MovedClock clock = new MovedClock();
        // what was posted under a known handle is found before anything is sent, unless the platform shows it late
        try (Outside outside = new Outside(folder, clock, Duration.ofMinutes(10))) {
            Settings broken =
                    outside.settings(StoreKind.H2, folder.resolve("store").toString(), true);

            Report report = Campaign.run(
                    outside, clock, broken, 2, 1, random -> new AtRequest("MEDIA_PUBLISH", 1, How.AFTER_EFFECT));

            List<String> violations = report.violations();
            assertTrue(
                    violations.stream().anyMatch(found -> found.startsWith("duplicate: post-")),
                    () -> "the store lost that a commit had begun, and nobody noticed: " + report.toText());
        }
    }

    private Report run(StoreKind store, String address) throws Exception {
        long seed = KillRun.freshSeed();
        System.out.println("kills over " + store + " with seed " + seed);
        return KillRun.run(store, address, folder, KILLS, seed);
    }

    private static void check(Report report) {
        System.out.print(report.toText());
        assertEquals(List.of(), report.violations(), report::toText);
        assertEquals(KILLS, report.tally().kills());
        assertEquals(2 * report.accepted(), report.audit().jobs());
        assertEquals(report.accepted(), report.audit().tiktok(), "posts on TikTok");
        assertEquals(report.accepted(), report.audit().instagram(), "posts on Instagram");
        assertTrue(report.accepted() > 0, "something was accepted");
    }

    private static EmbeddedPostgres postgres() {
        try {
            return KillRun.postgres();
        } catch (IOException | RuntimeException e) {
            assumeTrue(false, () -> "skipped: PostgreSQL did not start here: " + e);
            throw new AssertionError(e);
        }
    }
}
