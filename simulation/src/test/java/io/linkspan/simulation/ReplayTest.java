package io.linkspan.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    @Test
    void sameSeed_sameHistory() {
        for (long seed = 1; seed <= 20; seed++) {
            Verdict first = SimulationRun.random(seed);
            assertEquals(first.hash(), SimulationRun.random(seed).hash(), "seed " + seed);
            assertNotEquals(first.hash(), SimulationRun.random(seed + 1_000).hash(), "seed " + seed);
        }
    }

    @Test
    void eventsOfAHistory_replayIt() {
        for (long seed = 1; seed <= 20; seed++) {
            Verdict drawn = SimulationRun.random(seed);
            List<Event> events = drawn.happened().stream()
                    .map(Event::toString)
                    .map(Event::parse)
                    .toList();
            assertEquals(
                    drawn.hash(),
                    History.run(Scenario.random(seed), Plan.of(events)).hash(),
                    "seed " + seed);
        }
    }

    /** A late answer led a post back to an address that another node had withdrawn for ever. */
    @Test
    void addressWithdrawnWhileItsRecordNamesIt_isFollowedByAnother() {
        Verdict verdict = SimulationRun.random(7_868);

        assertTrue(verdict.clean(), () -> verdict.violations().toString());
    }

    @Test
    void failingHistory_shrinksToEventsThatAreAllNeeded() {
        long seed = 1;
        Verdict failing = SimulationRun.control(seed);
        while (failing.duplicates() == 0) {
            failing = SimulationRun.control(++seed);
        }
        Scenario scenario = Scenario.random(seed).withoutA2();
        List<Event> few = Shrinker.shrink(scenario, failing.happened());
        assertFalse(History.run(scenario, Plan.of(few)).clean());
        for (int i = 0; i < few.size(); i++) {
            List<Event> fewer = new ArrayList<>(few);
            Event event = fewer.remove(i);
            assertTrue(History.run(scenario, Plan.of(fewer)).clean(), () -> "not needed: " + event);
        }
    }
}
