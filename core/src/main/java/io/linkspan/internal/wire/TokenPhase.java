package io.linkspan.internal.wire;

/** Where the tokens of a connection stand. */
public enum TokenPhase {
    /** Usable. */
    HEALTHY,
    /** A renewal is under way. */
    REFRESHING,
    /** A renewal ended without a clear answer. */
    UNCLEAR,
    /** Only a new consent helps. */
    REAUTH_REQUIRED,
    /** Kept only to finish and prove a revocation. */
    REVOKING,
    /** Erased. */
    GONE
}
