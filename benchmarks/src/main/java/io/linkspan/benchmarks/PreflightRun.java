package io.linkspan.benchmarks;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs every tool in one run and prints the ratios and whether each goal was met. */
public final class PreflightRun {
    private static final List<String> TOOLS =
            List.of("streamedMoov", "linkspan", "metadataExtractor", "isoparser", "jcodec", "libavformat", "ffprobe");

    private final Map<String, Map<String, Double>> micros = new TreeMap<>();
    private final Map<String, Double> allocated = new TreeMap<>();

    private PreflightRun() {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws RunnerException if it cannot run
     */
    public static void main(String[] args) throws RunnerException {
        new PreflightRun().run();
    }

    private void run() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(PreflightBenchmark.class.getName())
                .forks(1)
                .warmupIterations(5)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(false);
        if (!ffprobe()) {
            System.out.println("SKIPPED ffprobe: it is not at hand");
            options.exclude(".*ffprobe");
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String tool = name.substring(name.lastIndexOf('.') + 1);
            String movie = result.getParams().getParam("movie");
            micros.computeIfAbsent(movie, key -> new TreeMap<>())
                    .put(tool, result.getPrimaryResult().getScore());
            if (tool.equals("linkspan")) {
                result.getSecondaryResults().forEach((key, value) -> remember(movie, key, value));
            }
        }
        print();
    }

    private void remember(String movie, String key, Result<?> value) {
        if (key.endsWith("gc.alloc.rate.norm")) {
            allocated.put(movie, value.getScore());
        }
    }

    private static boolean ffprobe() {
        try {
            Process process = new ProcessBuilder("ffprobe", "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void print() {
        micros.forEach((movie, times) -> {
            System.out.printf(Locale.ROOT, "%n%s%n", movie);
            System.out.printf(
                    Locale.ROOT, "  %-20s %14s %16s %16s%n", "tool", "microseconds", "x streamed moov", "x linkspan");
            for (String tool : TOOLS) {
                Double time = times.get(tool);
                if (time == null) {
                    System.out.printf(Locale.ROOT, "  %-20s %14s%n", tool, "failed");
                    continue;
                }
                System.out.printf(
                        Locale.ROOT,
                        "  %-20s %14.1f %16.2f %16.2f%n",
                        tool,
                        time,
                        time / times.get("streamedMoov"),
                        time / times.get("linkspan"));
            }
        });
        System.out.println();
        for (String movie : micros.keySet()) {
            atMost(movie + "/streamed-moov", ratio(movie, "linkspan", "streamedMoov"), 2.5);
            if (movie.endsWith("1GiB")) {
                atLeast(movie + "/libavformat", ratio(movie, "libavformat", "linkspan"), 30);
                atLeast(movie + "/ffprobe", ratio(movie, "ffprobe", "linkspan"), 200);
            }
            atMost(movie + "/allocated-bytes", allocated.getOrDefault(movie, Double.NaN), 1_000_000);
        }
    }

    private double ratio(String movie, String above, String below) {
        Map<String, Double> times = micros.getOrDefault(movie, Map.of());
        return times.getOrDefault(above, Double.NaN) / times.getOrDefault(below, Double.NaN);
    }

    private static void atMost(String name, double measured, double target) {
        goal(name, measured, target, measured <= target);
    }

    private static void atLeast(String name, double measured, double target) {
        goal(name, measured, target, measured >= target);
    }

    private static void goal(String name, double measured, double target, boolean met) {
        System.out.printf(
                Locale.ROOT,
                "goal %s measured %.2f target %s %s%n",
                name,
                measured,
                java.math.BigDecimal.valueOf(target).stripTrailingZeros().toPlainString(),
                met ? "met" : "missed");
    }
}
