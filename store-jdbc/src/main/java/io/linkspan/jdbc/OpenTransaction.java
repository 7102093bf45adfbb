package io.linkspan.jdbc;

/** What a store does with a connection whose autocommit is off when the data source hands it out. */
public enum OpenTransaction {
    /** Refuses to guess: a wrong guess loses acknowledged writes, or commits half of the host's work. The default. */
    REFUSE,
    /**
     * Takes part in the host's transaction and never commits: for a data source that hands out the connection of the running
     * transaction, each time it is asked. Nothing is durable, and no other process sees it, before the host commits, so Linkspan sends no
     * request to a platform meanwhile. Serialization failures are the host's to repeat; the transaction's isolation must be READ
     * COMMITTED. Outside of a transaction the data source must hand out connections with autocommit on; one with autocommit off is refused
     * there, because what is written on it would be lost.
     */
    JOIN,
    /**
     * Commits each call by itself: for a pool whose connections have autocommit off and no transaction going on. Never for a data source
     * that hands out the connection of a running transaction, of which it would commit half.
     */
    COMMIT
}
