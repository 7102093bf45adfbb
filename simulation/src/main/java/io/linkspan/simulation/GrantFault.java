package io.linkspan.simulation;

/** What can happen to the store of one node when an answer with tokens has come, or at any write. */
enum GrantFault {
    /** The node loses the database between answer and write; other nodes do not. */
    DATABASE_LOST,
    /** Some writes are kept and reported as failed. */
    WRITES_KEPT,
    /** Some writes are not kept. */
    WRITES_LOST,
    /** The next write takes longer than every lease, while other nodes work. */
    WRITE_STALLS,
    /** The node stands still before its next write for longer than every lease. */
    NODE_PAUSES,
    /** Another process writes the same record first. */
    OTHER_WRITER_FIRST,
    /** The process is gone; only when no answer is in its memory alone, for then nobody could do anything. */
    CRASH
}
