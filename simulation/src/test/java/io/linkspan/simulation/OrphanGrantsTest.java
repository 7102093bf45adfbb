package io.linkspan.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stores that fail around the answers that carry tokens; {@code -Dlinkspan.grants=N} changes how many seeds. */
class OrphanGrantsTest {
    private static final long SEEDS = Long.getLong("linkspan.grants", 100);

    @Test
    void anySeed_leavesNoGrantThatNothingHolds() {
        GrantRun run = GrantRun.of(1, SEEDS, Runtime.getRuntime().availableProcessors());
        run.lines().forEach(System.out::println);

        assertEquals(SEEDS, run.histories());
        assertEquals(Map.of(), run.failing(), "tell one with simulation/run --grants --replay SEED");
    }

    @Test
    void seed_isOneHistory() {
        GrantHistory.Result first = GrantHistory.tell(7);

        assertTrue(first.trace().size() > 100);
        assertEquals(first, GrantHistory.tell(7));
    }
}
