package io.linkspan.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That mutants still fit the sources; that each is found shows {@code simulation/mutants}. */
class MutantTest {
    @Test
    void allAreThere() {
        assertEquals(
                IntStream.rangeClosed(1, 23).mapToObj(n -> "M" + n).toList(),
                Mutant.all().stream().map(Mutant::name).toList());
    }

    @Test
    void eachStillApplies() throws IOException {
        for (Mutant mutant : Mutant.all()) {
            assertEquals(1, mutant.occurrences(Path.of("..")), mutant.name() + " in " + mutant.file());
        }
    }
}
