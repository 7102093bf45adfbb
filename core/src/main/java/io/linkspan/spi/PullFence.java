package io.linkspan.spi;

/**
 * A {@link MediaHost} that can prove that nobody fetched a file. Where a platform pulls media and the answer that names the
 * post is lost, only this tells whether a second try can post twice; without it such a job waits for a person's decision.
 */
public interface PullFence extends MediaHost {
    /**
     * Stops showing a file, for ever, and tells every request that was ever made for it.
     *
     * <p>PF-1: after this returns, every request to the address fails, also after a restart and on every server and cache that
     * could answer, and {@link #issue} refuses the attempt; Linkspan then makes another one with a new address, unless something
     * was served. PF-2: the count covers all servers and caches and all time since {@link #issue}, also across restarts; so
     * that a count of zero proves that no platform holds the bytes. PF-3: repeating it tells the same.
     *
     * @param attempt id of the attempt
     * @return what was served
     * @throws RuntimeException when it cannot tell for certain; the job then stays in doubt
     */
    Served fence(String attempt);
}
