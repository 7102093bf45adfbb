package io.linkspan.connection;

/**
 * What a disconnect does with a platform grant on which connections of other tenants may rest. A platform keeps one grant
 * per app and account, so ending it for one ends it for all.
 */
public enum SharedGrants {
    /**
     * The grant is ended by whoever disconnects last. That it stays tells the others' existence, weakly; hosts that must not
     * tell even this choose one of the other rules.
     */
    KEEP_WHILE_SHARED,
    /** A disconnect never ends the grant; only the person can. */
    KEEP_ALWAYS,
    /** A disconnect always ends the grant; natural for a host with one tenant. */
    END_ALWAYS
}
