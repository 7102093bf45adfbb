package io.linkspan;

import java.time.Duration;

/**
 * Removes what ended long ago, so that tables do not grow for ever. Nothing is removed by itself: a host calls this as often as it
 * likes, such as once a night. Thread-safe, blocking; one process at a time is enough, several do no harm.
 *
 * <p>Never removed is what is still needed as evidence: a publication of which one job has not ended or has something left to tell, and
 * with it its idempotency key; the history of a connection whose tokens are kept, whose grant is in force or being ended, or whose
 * removal is being looked into.
 */
public interface Retention {
    /**
     * Removes publications whose last job ended before so long, with their jobs, and lines of that age from the history of connections
     * that are over. Goes on where the last call ended.
     *
     * <p>With a publication goes its idempotency key: a request that is repeated after this time is a new post. So the age must be longer
     * than any caller repeats.
     *
     * @param age how long ago, 7 days or more
     * @param limit about how many publications and connections to look at, at least 1
     * @return what was removed
     * @throws IllegalStateException when a store cannot walk its records, see {@link io.linkspan.spi.RecordScan}
     */
    Swept sweep(Duration age, int limit);

    /**
     * What a call removed.
     *
     * @param publications publications removed
     * @param jobs jobs removed
     * @param historyLines lines of history removed; 0 where the store keeps them for ever, see {@link io.linkspan.spi.HistoryRetention}
     * @param complete whether the walk reached the end
     */
    record Swept(int publications, int jobs, int historyLines, boolean complete) {}
}
