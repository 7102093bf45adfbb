package io.linkspan.examples.steps;

import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one test, or one row of the table of refused connects, in a process of its own. */
final class OneTest {
    static final int FAILED = 1;
    static final int NOT_RUN = 2;

    private OneTest() {}

    /** Class and method, or a name out of {@link OAuthRefusalsTest#cases()}. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector(Class.forName(arguments[0]), arguments[1]))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures().forEach(failure -> failure.getException().printStackTrace());
        boolean broken =
                summary.getFailures().stream().anyMatch(failure -> failure.getException() instanceof LinkageError);
        if (summary.getTestsStartedCount() == 0 || broken) {
            System.exit(NOT_RUN);
        }
        System.exit(summary.getTestsFailedCount() > 0 ? FAILED : 0);
    }

    private static DiscoverySelector selector(Class<?> test, String name) {
        boolean method = List.of(test.getDeclaredMethods()).stream()
                .anyMatch(declared -> declared.getName().equals(name));
        if (method) {
            return DiscoverySelectors.selectMethod(
                    test,
                    java.util.Arrays.stream(test.getDeclaredMethods())
                            .filter(declared -> declared.getName().equals(name))
                            .findFirst()
                            .orElseThrow());
        }
        int row = OAuthRefusalsTest.cases().map(OAuthCase::name).toList().indexOf(name);
        return DiscoverySelectors.selectIteration(
                DiscoverySelectors.selectMethod(
                        OAuthRefusalsTest.class, "reconnect_isRefusedAndChangesNothing", OAuthCase.class),
                row);
    }
}
