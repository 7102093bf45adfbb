package io.linkspan.connection;

import io.linkspan.spi.Texts;

/**
 * How far a disconnect goes, and why.
 *
 * @param revokeGrant whether the platform is asked to end the grant
 * @param reason who disconnects and why; kept in the history; at most 500 characters
 */
public record Disconnect(boolean revokeGrant, String reason) {
    /**
     * Checks the argument.
     *
     * @param revokeGrant whether the platform is asked to end the grant
     * @param reason who disconnects and why; kept in the history
     */
    public Disconnect {
        Texts.text("the reason of a disconnect", reason, Texts.MOST_REASON);
    }

    /**
     * On every side.
     *
     * @param reason who and why
     * @return the choice
     */
    public static Disconnect everywhere(String reason) {
        return new Disconnect(true, reason);
    }

    /**
     * Only our tokens; the grant at the platform stays.
     *
     * @param reason who and why
     * @return the choice
     */
    public static Disconnect locally(String reason) {
        return new Disconnect(false, reason);
    }
}
