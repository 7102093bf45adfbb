package io.linkspan.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many seeds; {@code -Dlinkspan.seeds=N} changes how many. */
class RandomHistoriesTest {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private static final long FEW = 500;

    private static final long SEEDS = Long.getLong("linkspan.seeds", 10_000);

    private static Tally run(String name, long seeds, LongFunction<Verdict> history) {
        Tally tally = SimulationRun.run(1, seeds, THREADS, history);
        System.out.println(name);
        tally.lines().forEach(System.out::println);
        return tally;
    }

    @Test
    void anySeed_postsOnceAndSaysTheTruth() {
        postsOnceAndSaysTheTruth(FEW);
    }

    @Tag("proof")
    @Test
    void anyOfManySeeds_postsOnceAndSaysTheTruth() {
        postsOnceAndSaysTheTruth(SEEDS);
    }

    private static void postsOnceAndSaysTheTruth(long seeds) {
        Tally tally = run("random", seeds, SimulationRun::random);
        assertEquals(seeds, tally.histories());
        assertEquals(Map.of(), tally.failing(), "replay with simulation/run --replay SEED");
    }

    @Tag("proof")
    @Test
    void oneLostAnswerInAHundred_hardlyEverAsksAPerson() {
        Tally tally = run("1 % of answers lost", SEEDS / 2, SimulationRun::lostAnswers);
        assertTrue(tally.clean(), () -> tally.failing().toString());
        assertTrue(
                tally.decisions() * 1_000 <= tally.jobs(),
                () -> tally.decisions() + " decisions for " + tally.jobs() + " jobs");
    }

    @Test
    void handlesThatPostAfterTheirDeath_showAsDuplicates() {
        Tally tally = run("control: dead handles may post", 200, SimulationRun::control);
        assertTrue(tally.duplicates() > 0, "the oracle sees no duplicate where there must be some");
    }
}
