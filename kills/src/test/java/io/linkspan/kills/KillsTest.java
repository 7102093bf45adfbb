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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills over each store; {@code kills/run} does the full number. */
class KillsTest {
    private static final int KILLS = 10;
    private static final String KEY = "post-1";

    @TempDir
    Path folder;

    @Tag("proof")
    @Test
    void killedOverH2File_onePostPerAcceptedJob() throws Exception {
        check(run(StoreKind.H2, folder.resolve("store").toString()));
    }

    @Tag("proof")
    @Test
    void killedOverPostgres_onePostPerAcceptedJob() throws Exception {
        try (EmbeddedPostgres server = postgres()) {
            check(run(StoreKind.POSTGRESQL, server.getJdbcUrl("postgres", "postgres")));
        }
    }

    @Test
    void storeWritesCommitsLate_checkFindsTheDuplicate() throws Exception {
        MovedClock clock = new MovedClock();
        // a post is found under its known handle before anything is sent again, unless the platform shows it late
        try (Outside outside = new Outside(folder, clock, Duration.ofHours(2))) {
            Settings broken =
                    outside.settings(StoreKind.H2, folder.resolve("store").toString(), true);
            List<Outside.Pair> pairs = broken.withLinkspan(clock, linkspan -> outside.connect(linkspan, 1));

            String publication = killedAtItsCommit(outside, broken, pairs.get(0));
            clock.advance(Duration.ofMinutes(1)); // past the lease of the dead worker
            try (WorkerProcess next = WorkerProcess.start(broken, line -> {})) {
                Campaign.settle(next, clock, List.of(publication));
                assertTrue(next.endsWell());
            }

            Audit.Result audit = broken.withLinkspan(
                    clock,
                    linkspan -> Audit.of(
                            outside,
                            linkspan,
                            Map.of(KEY, publication),
                            key -> pairs.get(0).account(),
                            pairs));
            assertTrue(
                    audit.violations().stream().anyMatch(found -> found.startsWith("duplicate: " + KEY)),
                    () -> "the store lost that a commit had begun, and the check did not see the second post: "
                            + audit);
        }
    }

    /** Accepts one post and kills its worker after Instagram has published it, before the answer arrives. */
    private static String killedAtItsCommit(Outside outside, Settings settings, Outside.Pair pair)
            throws InterruptedException {
        try (WorkerProcess worker = WorkerProcess.start(settings, line -> {})) {
            outside.killAt(new AtRequest("MEDIA_PUBLISH", 1, How.AFTER_EFFECT), worker::kill, operation -> {});
            worker.order("submit " + KEY + " " + pair.tiktok().value() + " "
                    + pair.instagram().value());
            String publication = worker.await("accepted " + KEY + " ").split(" ", -1)[2];
            worker.order("start");
            assertTrue(
                    worker.endsWithin(TimeUnit.SECONDS.toMillis(WorkerProcess.LIMIT_SECONDS)),
                    "the worker was killed at its commit");
            assertTrue(worker.wasKilled());
            outside.calm();
            return publication;
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
