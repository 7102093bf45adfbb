package io.linkspan.spi;

/** Why a platform refused, cut by what has to change. */
public enum CauseClass {
    /** The token or consent. */
    AUTHORIZATION,
    /** A permission of the app or a scope of the connection. */
    PERMISSION,
    /** The state of the account; the person has to act. */
    ACCOUNT,
    /** The media or the text. */
    CONTENT,
    /** A limit that passes with time. */
    QUOTA,
    /** Passing trouble at the platform. */
    TRANSIENT,
    /** The set-up of the app or of this integration. */
    CONFIGURATION,
    /** Something the catalogue does not know; kept as it came. */
    UNKNOWN
}
