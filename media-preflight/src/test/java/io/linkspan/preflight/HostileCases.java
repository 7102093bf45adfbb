package io.linkspan.preflight;

import java.nio.file.Path;
import java.util.List;

/** Every variant of every row of the list of hostile input. */
final class HostileCases {
    static final int ROWS = 25;
    private static final int SINGLE_MUTATIONS = 300;

    private HostileCases() {}

    /** The cases in the order of their files; those on disk are made in a folder that must be empty. */
    static List<HostileCase> all(Path folder) {
        HostileCase.Collection cases = new HostileCase.Collection();
        HostileBoxes.addTo(cases);
        HostileTables.addTo(cases);
        HostileCodecs.addTo(cases);
        HostileMatroska.addTo(cases);
        HostileImages.addTo(cases);
        HostileFiles.addTo(cases, folder);
        for (int i = 0; i < SINGLE_MUTATIONS; i++) {
            int seed = i;
            cases.bytes(25, "mutation " + seed, () -> Mutator.mutate(HostileMovies.GOOD, HostileMovies.GOOD, seed));
        }
        return cases.cases();
    }
}
