package io.linkspan.internal.publish;

import io.linkspan.internal.Stopwatch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Since when this process knows the handles or the last signs of posts. The time that a record names was written by the clock of another node, and
 * either clock may be wrong; what this process saw itself is not. Thread-safe.
 */
final class Sightings {
    private static final int MOST = 50_000;

    private final Supplier<Stopwatch> stopwatches;
    /** What was not asked for longest comes first; a handle that falls out is seen anew, which takes longer. */
    private final Map<String, Stopwatch> seen = new LinkedHashMap<>(16, 0.75f, true);

    Sightings(Supplier<Stopwatch> stopwatches) {
        this.stopwatches = stopwatches;
    }

    /** For how long a handle of a job has been known here; nothing when it is seen for the first time. */
    synchronized Duration known(String job, String handle) {
        Stopwatch since = seen.computeIfAbsent(job + "\n" + handle, first -> stopwatches.get());
        if (seen.size() > MOST) {
            seen.remove(seen.keySet().iterator().next());
        }
        return since.elapsed();
    }
}
