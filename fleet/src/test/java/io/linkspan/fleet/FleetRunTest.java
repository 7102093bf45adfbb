package io.linkspan.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the fleet; {@code fleet/run} does the full one. */
@Tag("proof")
class FleetRunTest {
    @TempDir
    Path folder;

    private FleetReport run(Database database, int publications) throws Exception {
        database.missing().ifPresent(missing -> assumeTrue(false, "skipped: " + missing));
        Plan plan = new Plan(3, publications, 40, Duration.ofSeconds(6), database, false, Duration.ofMinutes(6));
        return database.run(plan, folder);
    }

    private static void check(FleetReport report, int publications) {
        System.out.print(report.toText());
        assertEquals(List.of(), report.violations(), report::toText);
        assertEquals(publications, report.audit().posts() + report.audit().doubts(), report::toText);
        assertTrue(report.kills() > 0, "a worker was killed");
        Duration longest = report.takeovers().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        assertTrue(longest.toSeconds() <= 60, () -> "a job waited too long for another worker: " + report.toText());
    }

    @Test
    void killedWorkers_onePostPerAcceptedPublication() throws Exception {
        check(run(Database.POSTGRESQL, 200), 200);
    }

    @Test
    void killedWorkersAndPrimaryOfPatroni_onePostPerAcceptedPublication() throws Exception {
        FleetReport report = run(Database.PATRONI, 300);
        check(report, 300);
        assertNotNull(report.failover(), "the primary was killed");
    }

    @Test
    void killedWorkersAndNodeOfGalera_onePostPerAcceptedPublication() throws Exception {
        FleetReport report = run(Database.GALERA, 300);
        check(report, 300);
        assertNotNull(report.failover(), "a node was killed");
    }
}
