package io.linkspan.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code fleet/run}: ends with 0 only when nothing was violated. */
final class FleetMain {
    private FleetMain() {}

    public static void main(String[] arguments) throws Exception {
        Plan plan = Plan.of(arguments);
        Optional<String> missing = plan.database().missing();
        if (missing.isPresent()) {
            System.err.println(missing.get() + "; or run with --database postgresql");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("linkspan-fleet");
        FleetReport report = plan.database().run(plan, folder);
        System.out.print(report.toText() + report.goals());
        System.exit(report.violations().isEmpty() ? 0 : 1);
    }
}
