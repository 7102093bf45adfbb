package io.linkspan.publish;

/**
 * Does what is due: publishes, renews tokens, finishes disconnects. Any number may run on one database. Thread-safe.
 */
public interface Worker extends AutoCloseable {
    /**
     * Starts threads that look for due work until {@link #close}.
     *
     * @return this
     */
    Worker start();

    /**
     * Does everything that is due now, in the calling thread; for tests and for hosts with a scheduler of their own.
     *
     * @return number of records worked on
     */
    int runDue();

    /** Stops taking work, lets running steps end, then returns. What was begun goes on at the next start. */
    @Override
    void close();
}
