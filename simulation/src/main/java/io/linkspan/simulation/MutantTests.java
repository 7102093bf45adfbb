package io.linkspan.simulation;

import java.util.Arrays;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Runs test classes of the core; started by {@link MutantsRun} with a mistake on the class path. */
final class MutantTests {
    private MutantTests() {}

    /** Runs them, and tells which fail. */
    public static void main(String[] arguments) {
        for (String name : Arrays.asList(arguments)) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass("io.linkspan." + name))
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            for (Failure failure : listener.getSummary().getFailures()) {
                System.out.println("failed test " + name + "."
                        + failure.getTestIdentifier().getDisplayName());
                System.out.println("  " + failure.getException());
            }
        }
        System.exit(0);
    }
}
