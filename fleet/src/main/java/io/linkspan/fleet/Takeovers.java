package io.linkspan.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** How long the jobs of killed workers waited for another one, for those that were at the point of no return. Thread-safe. */
final class Takeovers {
    private final Map<String, Last> last = new ConcurrentHashMap<>();
    private final Map<String, Long> orphans = new ConcurrentHashMap<>();
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final List<Duration> waits = new ArrayList<>();

    /** What was heard last of a job. */
    private record Last(String node, String publication, String phase) {}

    /**
     * A job at the point of no return whose worker was killed.
     *
     * @param job its id
     * @param publication its publication
     */
    record Orphan(String job, String publication) {}

    /** A worker tells of a move. */
    synchronized void moved(String node, String job, String publication, String phase) {
        last.put(job, new Last(node, publication, phase));
        takenOver(job);
    }

    /** Of a job that waits: the first look tells how its worker left it, another version that it was claimed. */
    synchronized void seen(String job, long version) {
        Long left = versions.putIfAbsent(job, version);
        if (left != null && left != version) {
            takenOver(job);
        }
    }

    private void takenOver(String job) {
        Long killedAt = orphans.remove(job);
        versions.remove(job);
        if (killedAt != null) {
            waits.add(Duration.ofNanos(System.nanoTime() - killedAt));
        }
    }

    /** The jobs that a killed worker may have held; whether it did, their records tell. */
    synchronized List<Orphan> heldBy(String node) {
        return last.entrySet().stream()
                .filter(entry -> entry.getValue().node().equals(node)
                        && entry.getValue().phase().equals("COMMITTING"))
                .map(entry -> new Orphan(entry.getKey(), entry.getValue().publication()))
                .toList();
    }

    /** Waits for the next move of a job, unless it moved already. */
    synchronized void orphaned(String job, String node, long killedAt) {
        Last known = last.get(job);
        if (known != null && known.node().equals(node)) {
            orphans.put(job, killedAt);
        }
    }

    /** How long each waited. */
    synchronized List<Duration> waits() {
        return waits.stream().sorted().toList();
    }

    /** Jobs that nobody took over. */
    synchronized List<Orphan> waiting() {
        return orphans.keySet().stream()
                .map(job ->
                        new Orphan(job, Objects.requireNonNull(last.get(job)).publication()))
                .toList();
    }
}
