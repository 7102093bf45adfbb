package io.linkspan.spi;

/** What a request may do, and so how often it may be sent. */
public enum CallClass {
    /** Only reads; repeated freely. */
    READ,
    /** Prepares a post that cannot appear by itself; repeated freely. */
    PREPARE,
    /** The one request that can create the post; sent once per decision. */
    COMMIT,
    /** Spends a renewal token; sent once per decision. */
    SPEND,
    /** Spends an authorization code; sent once, never again. */
    CODE,
    /** Revokes; repeating is harmless. */
    REVOKE
}
