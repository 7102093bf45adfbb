package io.linkspan.simulation;

import io.linkspan.publish.PublishState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a history came to.
 *
 * @param jobs accepted jobs
 * @param duplicates jobs with more than one post
 * @param lost jobs that nobody will look at again, or that did not settle
 * @param wrong jobs and connections whose stated condition is not true
 * @param phases how many jobs ended where
 * @param decisions jobs that ever asked a person
 * @param violations all of it in words; empty when all went well
 * @param happened what went wrong on the way, in order
 * @param points how many points there were
 * @param hash of everything that happened
 * @param trace everything that happened, if it was kept
 */
record Verdict(
        int jobs,
        int duplicates,
        int lost,
        int wrong,
        Map<Phase, Integer> phases,
        int decisions,
        List<String> violations,
        List<Event> happened,
        int points,
        long hash,
        List<String> trace) {
    Verdict {
        phases = Map.copyOf(phases);
        violations = List.copyOf(violations);
        happened = List.copyOf(happened);
        trace = List.copyOf(trace);
    }

    /** The same with more that was wrong. */
    Verdict with(List<String> more) {
        List<String> all = new ArrayList<>(violations);
        all.addAll(more);
        return new Verdict(
                jobs, duplicates, lost, wrong + more.size(), phases, decisions, all, happened, points, hash, trace);
    }

    boolean clean() {
        return violations.isEmpty();
    }
}
