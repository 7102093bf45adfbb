package io.linkspan.spi;

/**
 * A store that can take part in a transaction of the host. Optional: a store whose calls are always transactions of their own does not
 * implement it, and counts as never being in one.
 *
 * <p>Linkspan asks before it sends a request to a platform. A refresh token that was used, a code that was exchanged or a post that was
 * committed cannot be taken back; written down in a transaction that is then rolled back, it would be forgotten. So in a transaction of
 * the host no request leaves.
 */
public interface HostTransactionAware {
    /**
     * Returns whether a write by the calling thread would be kept or undone by a transaction that the store does not commit itself. No
     * side effect; called often, from any thread. An exception counts as a refusal of the request that was to be sent.
     *
     * @return whether the calling thread is inside a transaction of the host
     */
    boolean inHostTransaction();
}
