package io.linkspan;

import io.linkspan.spi.JobStore;
import io.linkspan.spi.Stores;
import io.linkspan.spi.TokenStore;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Stores that live in this process and end with it: for tests and first steps, never for production, since a restart forgets every
 * connection and whether a post was already sent.
 *
 * <p>They keep the same contract as a database store, durability apart. Thread-safe.
 */
public final class InMemoryStores implements Stores {
    private final TokenStore tokens = new InMemoryTokenStore();
    private final JobStore jobs;

    private InMemoryStores(InstantSource clock) {
        this.jobs = new InMemoryJobStore(clock);
    }

    /**
     * Makes a pair of empty stores.
     *
     * @return the stores
     */
    public static InMemoryStores create() {
        return new InMemoryStores(InstantSource.system());
    }

    /**
     * Makes a pair of empty stores whose leases end by this clock.
     *
     * @param clock the clock; the system's by default
     * @return the stores
     */
    public static InMemoryStores create(InstantSource clock) {
        return new InMemoryStores(Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Where connections, pending connects, account links and history are kept.
     *
     * @return always the same store
     */
    @Override
    public TokenStore tokens() {
        return tokens;
    }

    /**
     * Where publications, jobs and lanes are kept.
     *
     * @return always the same store
     */
    @Override
    public JobStore jobs() {
        return jobs;
    }
}
