package io.linkspan.jdbc;

/** What a store does with a connection whose autocommit is off when the data source hands it out. */
public enum OpenTransaction {
    /** Refuses to guess: whoever guesses wrong loses acknowledged writes or commits the host's work halfway. */
    REFUSE,
    /**
     * Takes part in the host's transaction and never commits: for a data source that hands out the connection of the running
     * transaction. Nothing is durable, and no other process sees it, before the host commits; serialization failures are the host's to
     * repeat; the transaction's isolation must be READ COMMITTED.
     */
    JOIN,
    /** Commits each call by itself: for a pool whose connections have autocommit off and no transaction going on. */
    COMMIT
}
