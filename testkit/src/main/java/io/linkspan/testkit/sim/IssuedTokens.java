package io.linkspan.testkit.sim;

import java.util.Objects;

/** Tokens a simulator issued without a browser, for tests that start with a connected account. */
public final class IssuedTokens {

    private final String accessToken;
    private final String refreshToken;

    /**
     * Holds a pair of tokens.
     *
     * @param accessToken the access token
     * @param refreshToken the refresh token; empty where the platform has none
     */
    public IssuedTokens(String accessToken, String refreshToken) {
        this.accessToken = Objects.requireNonNull(accessToken, "accessToken");
        this.refreshToken = Objects.requireNonNull(refreshToken, "refreshToken");
    }

    /** {@return the access token} */
    public String accessToken() {
        return accessToken;
    }

    /** {@return the refresh token; empty where the platform has none} */
    public String refreshToken() {
        return refreshToken;
    }

    @Override
    public String toString() {
        return "IssuedTokens[redacted]";
    }
}
