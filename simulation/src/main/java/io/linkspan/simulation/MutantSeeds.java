package io.linkspan.simulation;

/** Runs seeds until one fails; started by {@link MutantsRun} with a mistake on the class path. */
final class MutantSeeds {
    private MutantSeeds() {}

    /** Runs at most so many. */
    public static void main(String[] arguments) {
        int most = Integer.parseInt(arguments[0]);
        for (int seed = 1; seed <= most; seed++) {
            Verdict verdict = Guard.of(seed, SimulationRun::random);
            if (!verdict.clean()) {
                String first = verdict.violations().get(0);
                System.out.println("killed simulation seed " + seed + ", "
                        + first.substring(0, Math.min(60, first.length())) + ", " + seed);
                return;
            }
        }
    }
}
