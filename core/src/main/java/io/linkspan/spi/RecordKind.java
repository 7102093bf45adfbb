package io.linkspan.spi;

/** What a {@link StoredRecord} holds. The first group lives in a {@link TokenStore}, the second in a {@link JobStore}. */
public enum RecordKind {
    /** A connection. */
    CONNECTION,
    /** A consent that has not come back yet. */
    PENDING_CONNECT,
    /** Another id under which a platform may name the account of a connection; {@code user} holds the connection. */
    ACCOUNT_ALIAS,
    /** Two connections joined for an intent. */
    ACCOUNT_LINK,
    /** Tokens that nothing may use any more, kept only until their grant is ended. */
    UNWANTED_GRANT,
    /** A signed message already seen. */
    WEBHOOK_SEEN,
    /** An accepted post. */
    PUBLICATION,
    /** One publication at one target. */
    JOB,
    /** The right to send a commit for one connection. */
    LANE,
    /** A process that does what is due. */
    WORKER
}
