package io.linkspan.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token answer, read.
 *
 * @param tokens the tokens
 * @param accessLife remaining life of the access token, or null when the answer did not say
 * @param refreshLife remaining life of the refresh token, or null when there is none or the answer did not say
 * @param scopes granted scopes, or null when the answer did not say
 * @param accountId the account the answer names, or null when it did not
 */
public record Grant(
        TokenPair tokens,
        @Nullable Duration accessLife,
        @Nullable Duration refreshLife,
        @Nullable Set<String> scopes,
        @Nullable String accountId) {
    /**
     * Copies the scopes.
     *
     * @param tokens the tokens
     * @param accessLife remaining life of the access token, or null when the answer did not say
     * @param refreshLife remaining life of the refresh token, or null when there is none or the answer did not say
     * @param scopes granted scopes, or null when the answer did not say
     * @param accountId the account the answer names, or null when it did not
     */
    public Grant {
        Objects.requireNonNull(tokens, "tokens");
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }
}
