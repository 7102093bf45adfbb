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
 * @param tokenType the type the answer names, as it came, or null when the platform's answer names none; anything but
 *     {@code bearer} is refused
 */
public record Grant(
        TokenPair tokens,
        @Nullable Duration accessLife,
        @Nullable Duration refreshLife,
        @Nullable Set<String> scopes,
        @Nullable String accountId,
        @Nullable String tokenType) {
    /**
     * A grant of a platform whose answer names no token type.
     *
     * @param tokens the tokens
     * @param accessLife remaining life of the access token, or null when the answer did not say
     * @param refreshLife remaining life of the refresh token, or null when there is none or the answer did not say
     * @param scopes granted scopes, or null when the answer did not say
     * @param accountId the account the answer names, or null when it did not
     */
    public Grant(
            TokenPair tokens,
            @Nullable Duration accessLife,
            @Nullable Duration refreshLife,
            @Nullable Set<String> scopes,
            @Nullable String accountId) {
        this(tokens, accessLife, refreshLife, scopes, accountId, null);
    }

    /**
     * Copies the scopes.
     *
     * @param tokens the tokens
     * @param accessLife remaining life of the access token, or null when the answer did not say
     * @param refreshLife remaining life of the refresh token, or null when there is none or the answer did not say
     * @param scopes granted scopes, or null when the answer did not say
     * @param accountId the account the answer names, or null when it did not
     * @param tokenType the type the answer names, as it came, or null when the platform's answer names none
     */
    public Grant {
        Objects.requireNonNull(tokens, "tokens");
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }
}
