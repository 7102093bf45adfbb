package io.linkspan.internal.publish;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of commits and no store has taken yet. The memory of this process is the only place where that is known, so it is
 * written as soon as the store is back. Thread-safe.
 */
final class UnstoredOutcomes {
    private static final Logger log = LoggerFactory.getLogger(UnstoredOutcomes.class);

    private final Queue<Write> waiting = new ConcurrentLinkedQueue<>();

    private record Write(String job, Runnable action) {}

    /** Writes now, or as soon as the store takes it; writing twice does no harm. */
    void write(String job, Runnable action) {
        Write write = new Write(job, action);
        if (!written(write)) {
            waiting.add(write);
            log.warn("what became of a commit could not be stored and is kept in memory job={}", job);
        }
    }

    /** Writes what is waiting. */
    void flush() {
        waiting.removeIf(UnstoredOutcomes::written);
    }

    /** Writes what is waiting for the last time. */
    void close() {
        flush();
        if (!waiting.isEmpty()) {
            log.warn(
                    "closed while what became of {} commits could not be stored; people will be asked about these jobs: {}",
                    waiting.size(),
                    waiting.stream().map(Write::job).toList());
        }
    }

    private static boolean written(Write write) {
        try {
            write.action().run();
            return true;
        } catch (RuntimeException e) { // whatever a store throws
            log.debug("still not stored job={}", write.job(), e);
            return false;
        }
    }
}
