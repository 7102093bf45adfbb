package io.linkspan;

/**
 * A call needs the platform, or writes what only this process knows, and was made inside a transaction of the host. Nothing was sent and
 * nothing was changed: a rollback would undo what Linkspan stores about a request that the platform has already carried out. Make the
 * call before the transaction, or after its commit.
 */
public final class HostTransactionException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message the call, why it was refused, and what to do
     */
    public HostTransactionException(String message) {
        super(message, RetryAdvice.GIVE_UP, null);
    }
}
