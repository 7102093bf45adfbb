package io.linkspan.simulation;

import io.linkspan.publish.PublishState.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What many histories came to. Thread-safe. */
final class Tally {
    private static final int MOST_TOLD = 20;

    private final long begin = System.nanoTime();
    private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    private final Map<Long, List<String>> failing = new TreeMap<>();
    private long histories;
    private long jobs;
    private long duplicates;
    private long lost;
    private long wrong;
    private long decisions;
    private long events;

    /** Adds one history. */
    synchronized void add(long seed, Verdict verdict) {
        histories++;
        jobs += verdict.jobs();
        duplicates += verdict.duplicates();
        lost += verdict.lost();
        wrong += verdict.wrong();
        decisions += verdict.decisions();
        events += verdict.happened().size();
        verdict.phases().forEach((phase, count) -> phases.merge(phase, count, Integer::sum));
        if (!verdict.clean() && failing.size() < MOST_TOLD) {
            failing.put(seed, verdict.violations());
        }
    }

    synchronized long histories() {
        return histories;
    }

    synchronized long jobs() {
        return jobs;
    }

    synchronized long duplicates() {
        return duplicates;
    }

    synchronized long decisions() {
        return decisions;
    }

    synchronized boolean clean() {
        return failing.isEmpty();
    }

    /** The first seeds that failed, and what was wrong. */
    synchronized Map<Long, List<String>> failing() {
        return new TreeMap<>(failing);
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        failing.forEach((seed, violations) -> lines.add("seed " + seed + " failed: " + violations));
        lines.add(String.format(
                "histories %,d  jobs %,d  events %,d  duplicates %,d  lost %,d  wrong %,d  decisions %,d  seconds %.1f",
                histories, jobs, events, duplicates, lost, wrong, decisions, (System.nanoTime() - begin) / 1e9));
        lines.add("jobs by their last state: " + phases);
        return lines;
    }
}
