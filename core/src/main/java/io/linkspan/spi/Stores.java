package io.linkspan.spi;

/** The two stores of one Linkspan. They may live in one database or in two. */
public interface Stores {
    /**
     * Keeps connections, pending connects, account links and history.
     *
     * @return the store
     */
    TokenStore tokens();

    /**
     * Keeps publications and jobs.
     *
     * @return the store
     */
    JobStore jobs();
}
