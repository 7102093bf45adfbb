package io.linkspan.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the fleet; {@code fleet/run} does the full one. */
class FleetRunTest {
    @TempDir
    Path folder;

    private static Plan plan(boolean failover, int publications) {
        return new Plan(3, publications, 40, Duration.ofSeconds(6), failover, Duration.ofMinutes(6));
    }

    private static void check(FleetReport report, int publications) {
        System.out.print(report.toText());
        assertEquals(List.of(), report.violations(), report::toText);
        assertEquals(publications, report.audit().posts());
        assertTrue(report.kills() > 0, "a worker was killed");
        Duration longest = report.takeovers().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        assertTrue(longest.toSeconds() <= 60, () -> "a job waited too long for another worker: " + report.toText());
    }

    @Test
    void killedWorkers_onePostPerAcceptedPublication() throws Exception {
        check(FleetMain.overOne(plan(false, 300), folder), 300);
    }

    @Test
    void killedWorkersAndPrimary_onePostPerAcceptedPublication() throws Exception {
        PatroniCluster.missing().ifPresent(missing -> assumeTrue(false, "skipped: " + missing));
        FleetReport report = FleetMain.overCluster(plan(true, 400), folder);
        check(report, 400);
        assertTrue(report.failover() != null, "the primary was killed");
    }
}
