package io.linkspan.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All single crashes of each path, and a sample of the larger sweeps; all of them by {@code simulation/run --sweeps}. */
class SweepsTest {
    private static final int SAMPLE = Integer.getInteger("linkspan.sweep", 60);

    private static void sweep(String name, int most, IntFunction<List<List<Event>>> sweep) {
        for (Sweeps.Path path : Sweeps.paths()) {
            Tally tally = Sweeps.run(path, sweep.apply(path.points()), most, 6);
            System.out.println(name + " of " + path.name() + ": " + tally.lines());
            assertTrue(tally.clean(), () -> tally.failing().toString());
        }
    }

    @Test
    void crashAtAnyPoint() {
        sweep("single crash", Integer.MAX_VALUE, Sweeps::singleCrashes);
    }

    @Tag("proof")
    @Test
    void crashAtAnyTwoPoints_sampled() {
        sweep("double crash", SAMPLE, Sweeps::doubleCrashes);
    }

    @Tag("proof")
    @Test
    void faultAtAnyCall_sampled() {
        sweep("fault", SAMPLE, Sweeps::faults);
    }

    @Tag("proof")
    @Test
    void faultAtAnyCallThenCrash_sampled() {
        sweep("fault and crash", SAMPLE, Sweeps::faultsWithCrashes);
    }
}
