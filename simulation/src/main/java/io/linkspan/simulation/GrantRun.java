package io.linkspan.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs many seeds of {@link GrantHistory}. */
final class GrantRun {
    private static final int MOST_TOLD = 20;

    private final long begin = System.nanoTime();
    private final Map<GrantFault, Long> faults = new EnumMap<>(GrantFault.class);
    private final Map<Long, List<String>> failing = new TreeMap<>();
    private long histories;
    private long grants;
    private long answers;
    private long orphans;

    static GrantRun of(long from, long seeds, int threads) {
        GrantRun run = new GrantRun();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (long seed = from; seed < from + seeds; seed++) {
            long one = seed;
            pool.execute(() -> run.add(one, history(one)));
        }
        pool.shutdown();
        try {
            while (!pool.awaitTermination(1, TimeUnit.HOURS)) {
                // as long as it takes
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return run;
    }

    private static GrantHistory.Result history(long seed) {
        Ears.forget();
        try {
            GrantHistory.Result result = GrantHistory.run(seed);
            List<String> errors = Ears.heard();
            return errors.isEmpty()
                    ? result
                    : new GrantHistory.Result(result.grants(), result.answers(), result.faults(), errors, List.of());
        } catch (RuntimeException | StackOverflowError e) {
            return new GrantHistory.Result(
                    0, 0, Map.of(), List.of("wrong: " + e + " at " + e.getStackTrace()[0]), List.of());
        }
    }

    private synchronized void add(long seed, GrantHistory.Result result) {
        histories++;
        grants += result.grants();
        answers += result.answers();
        orphans += result.orphans().size();
        result.faults().forEach((fault, count) -> faults.merge(fault, (long) count, Long::sum));
        if (!result.orphans().isEmpty() && failing.size() < MOST_TOLD) {
            failing.put(seed, result.orphans());
        }
    }

    synchronized long histories() {
        return histories;
    }

    synchronized Map<Long, List<String>> failing() {
        return new TreeMap<>(failing);
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        failing.forEach((seed, found) -> lines.add("seed " + seed + " failed: " + found));
        lines.add(String.format(
                "histories %,d  grants %,d  answers with tokens %,d  orphans %,d  seconds %.1f",
                histories, grants, answers, orphans, (System.nanoTime() - begin) / 1e9));
        lines.add("faults: " + faults);
        return lines;
    }
}
