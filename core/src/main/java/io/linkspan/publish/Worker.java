package io.linkspan.publish;

/**
 * Does what is due: publishes, renews tokens, finishes disconnects. Any number may run on one database. Thread-safe.
 */
public interface Worker extends AutoCloseable {
    /**
     * Starts threads that poll for due work until {@link #close}. A worker that runs already continues; one that was closed starts again.
     *
     * @return this
     * @throws IllegalStateException when the {@link io.linkspan.Linkspan} it belongs to was closed
     */
    Worker start();

    /**
     * Does everything that is due now, in the calling thread; for tests and for hosts with a scheduler of their own.
     *
     * @return number of records worked on
     */
    int runDue();

    /**
     * Stops taking work, lets running steps end, then returns. A job between two steps is given back at once, so that another
     * process goes on with it; what is not begun is left as it is. A commit that is being sent is a step: its answer is awaited
     * and recorded. A step that takes longer than a renewal call may, 30 s by default, is interrupted; if it was a commit, the
     * next start reads what became of it and sends nothing again. When this returns, all its threads have ended, unless code of
     * the host ignores an interrupt for 10 s more. A calling thread that is interrupted waits as long and is interrupted after it;
     * one that is interrupted while it waits has the running steps interrupted, and waits for their end.
     *
     * <p>Linkspan installs no handler for SIGTERM: a host that wants no commit in doubt when it is stopped calls this, or
     * {@link io.linkspan.Linkspan#close}, from its own shutdown hook and closes its database after it. After {@code kill -9}
     * nothing is lost either; a job whose commit had left is then in doubt until the platform tells.
     *
     * @throws IllegalStateException when one of its own threads calls it, such as by a listener that runs there: it would wait for itself,
     *     so it keeps running
     */
    @Override
    void close();
}
