package io.linkspan.spi;

import java.util.Optional;

/** Revocation at one platform, and the words for what only a person can do. */
public interface RevocationAdapter {
    /**
     * Asks the platform to end the grant, where it offers that.
     *
     * @param tokens the tokens
     * @return the conversation; empty when the platform documents no call
     */
    Optional<Flow<Revoked>> revoke(TokenPair tokens);

    /**
     * Whether the call needs an access token that has not ended, so that it is renewed first.
     *
     * @return true when an ended token is refused
     */
    boolean needsLiveToken();

    /**
     * How a person removes the app on the platform.
     *
     * @return the steps, in words, with the present menu path
     */
    String removeAppGuidance();

    /**
     * How a person removes the link shown on the profile.
     *
     * @return the steps, in words
     */
    String removeProfileLinkGuidance();

    /** The platform said that it revoked. */
    record Revoked() {}
}
