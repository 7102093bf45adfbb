package io.linkspan.kills;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** Counts what happened during a run, and keeps where each job was last seen. Thread-safe. */
final class Tally {
    private static final List<String> OVER = List.of("PUBLISHED", "FAILED", "CANCELLED", "EXPIRED");

    private final ConcurrentMap<String, Integer> kills = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> requests = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> openAtKill = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> entered = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> phases = new ConcurrentHashMap<>();

    /** A job moved, as its worker told. */
    void moved(String job, String phase) {
        phases.put(job, phase);
        entered.merge(phase, 1, Integer::sum);
    }

    void request(String operation) {
        requests.merge(operation, 1, Integer::sum);
    }

    void killed(String kind) {
        kills.merge(kind, 1, Integer::sum);
        phases.values().stream()
                .filter(phase -> !OVER.contains(phase))
                .forEach(phase -> openAtKill.merge(phase, 1, Integer::sum));
    }

    int kills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    int entered(String phase) {
        return entered.getOrDefault(phase, 0);
    }

    String toText() {
        return "killed " + kills() + ": " + list(kills) + "\n"
                + "requests at which was killed: " + list(requests) + "\n"
                + "jobs that were open at the kills: " + list(openAtKill) + "\n"
                + "states entered: " + list(entered) + "\n";
    }

    private static String list(Map<String, Integer> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }
}
