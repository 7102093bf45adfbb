package io.linkspan.connection;

import io.linkspan.internal.explain.PlainWords;
import java.util.Objects;

/**
 * The three sides of a disconnect. Each is judged by its own evidence.
 *
 * @param local our own copy of the tokens
 * @param grant the permission kept by the platform
 * @param visibleLink the link shown on the profile, which no API reads or removes
 */
public record Sides(Local local, Grant grant, VisibleLink visibleLink) {
    /**
     * Checks the arguments.
     *
     * @param local our own copy of the tokens
     * @param grant the permission kept by the platform
     * @param visibleLink the link shown on the profile, which no API reads or removes
     */
    public Sides {
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(grant, "grant");
        Objects.requireNonNull(visibleLink, "visibleLink");
    }

    /** Our own tokens. */
    public enum Local {
        /** In use. */
        HELD,
        /** Kept only to finish and prove the revocation. */
        REVOKE_ONLY,
        /** Erased. */
        WIPED
    }

    /** The permission kept by the platform. */
    public enum Grant {
        /** In force. */
        ACTIVE,
        /** We asked the platform to revoke it and have no clear answer yet. */
        REVOKE_REQUESTED,
        /** Gone, proven by the platform refusing the token, a signed message, or a refused renewal. */
        REVOKED_VERIFIED,
        /** The platform said yes, but no proof could be had. */
        REVOKED_UNVERIFIED,
        /** The platform offers no call for it, or no usable token is left to call it with; only the person can remove it. */
        NOT_VERIFIABLE,
        /** Left in force on purpose, because someone else's connection rests on it. */
        KEPT_BY_POLICY,
        /** The person removed it on the platform's side, proven. */
        REMOVED_BY_PERSON
    }

    /** The link shown on a profile. */
    public enum VisibleLink {
        /** The connection was never about a visible link. */
        NOT_WANTED,
        /** No API tells; only the person can say. */
        UNKNOWN,
        /** A person said it is gone. */
        REMOVED_SAID_BY_PERSON
    }

    /**
     * Whether platform access is proven gone.
     *
     * @return true for a verified revocation or a proven removal by the person
     */
    public boolean grantProvenGone() {
        return grant == Grant.REVOKED_VERIFIED || grant == Grant.REMOVED_BY_PERSON;
    }

    /**
     * One line for people.
     *
     * @return the three sides in words
     */
    public String describe() {
        return "local tokens " + PlainWords.side(local) + ", platform grant " + PlainWords.side(grant)
                + ", visible profile link " + PlainWords.side(visibleLink);
    }

    /**
     * With another local side.
     *
     * @param next the new value
     * @return a copy
     */
    public Sides withLocal(Local next) {
        return new Sides(next, grant, visibleLink);
    }

    /**
     * With another platform side.
     *
     * @param next the new value
     * @return a copy
     */
    public Sides withGrant(Grant next) {
        return new Sides(local, next, visibleLink);
    }

    /**
     * With another visible side.
     *
     * @param next the new value
     * @return a copy
     */
    public Sides withVisibleLink(VisibleLink next) {
        return new Sides(local, grant, next);
    }
}
