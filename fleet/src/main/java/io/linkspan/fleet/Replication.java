package io.linkspan.fleet;

/** What an acknowledged commit means. */
public enum Replication {
    /**
     * A standby has it on disk: {@code synchronous_mode}, and {@code synchronous_mode_strict}, so that the leader rather takes no
     * writes than writes that only it has.
     */
    SYNCHRONOUS,

    /** The leader has it on disk: Patroni's default. What the standby lacks when the leader dies is lost. */
    ASYNCHRONOUS
}
