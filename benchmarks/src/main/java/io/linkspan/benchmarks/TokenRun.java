package io.linkspan.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link TokenBenchmark} and prints the ratios of the medians, which a busy machine moves less than the averages. */
public final class TokenRun {
    private TokenRun() {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws RunnerException if it cannot run
     */
    public static void main(String[] args) throws RunnerException {
        Map<String, Double> nanos = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(TokenBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(15)
                        .measurementTime(TimeValue.seconds(2))
                        .build())
                .run()) {
            String name = result.getParams().getBenchmark();
            nanos.put(
                    name.substring(name.lastIndexOf('.') + 1),
                    result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        nanos.forEach((name, time) -> System.out.printf(Locale.ROOT, "%-24s %10.1f ns%n", name, time));
        double map = nanos.getOrDefault("mapLookup", Double.NaN);
        Goal.atMost("token/cached-to-map-lookup", nanos.getOrDefault("withAccessTokenCached", Double.NaN) / map, 5);
        Goal.atMost("token/default-to-map-lookup", nanos.getOrDefault("withAccessToken", Double.NaN) / map, 5);
    }
}
