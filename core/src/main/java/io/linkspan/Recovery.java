package io.linkspan;

import java.time.Instant;

/**
 * Makes a restored back-up safe to go on with. Between the moment a back-up was taken and the loss of the database, jobs were posted and
 * tokens were replaced, and nothing in the back-up says so. Thread-safe, blocking.
 */
public interface Recovery {
    /**
     * Takes no open job and no token of a restored back-up at its word. To be called once, by one process, after the tables are restored
     * and before any worker starts or anything is submitted on them. Repeating it after a crash is harmless.
     *
     * <ul>
     *   <li>A job that may have been begun since is not sent again. If the back-up has its handle, a worker reads what became of that, and
     *       a post that is found ends the job as published. All others wait for {@link io.linkspan.publish.Decision}: a person looks at
     *       the profile.
     *   <li>A job that was accepted for a later moment than now cannot have been begun, and goes on as it was.
     *   <li>The tokens of each connection are not used before the platform has taken them once more, by a renewal or, where the token
     *       renews itself, by a look. Until then the connection is not shown as authorized; refused ones ask for a new consent.
     * </ul>
     *
     * <p>What happened since the back-up and is in no record cannot be brought back by this: publications accepted since are unknown, and
     * so are their idempotency keys; cancellations, disconnects and deletions since have to be repeated before the workers start.
     *
     * @param takenAt when the back-up was begun, or earlier; not later than now
     * @return what was done
     * @throws IllegalStateException when a store cannot walk its records, see {@link io.linkspan.spi.RecordScan}
     */
    Restored afterRestore(Instant takenAt);

    /**
     * What a call did.
     *
     * @param scheduled jobs that go on as they were, because their moment is still to come
     * @param read jobs whose handle is read by a worker before anything else
     * @param undecided jobs that only a person can decide about, because the back-up has no handle of theirs
     * @param connections connections whose tokens are proven before they are used
     * @param unreadable records that could not be read and were left alone; each has a warning in the log
     */
    record Restored(int scheduled, int read, int undecided, int connections, int unreadable) {}
}
