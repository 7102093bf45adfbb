package io.linkspan.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final int MOST_SCOPES = 100;

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
     * Copies the scopes, at most 100, and makes all texts fit to be kept.
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
        scopes = scopes == null
                ? null
                : scopes.stream()
                        .sorted()
                        .limit(MOST_SCOPES)
                        .map(scope -> Texts.cleaned(scope, Texts.MOST_ID))
                        .collect(Collectors.toUnmodifiableSet());
        accountId = accountId == null ? null : Texts.cleaned(accountId, Texts.MOST_ID);
        tokenType = tokenType == null ? null : Texts.cleaned(tokenType, Texts.MOST_ID);
    }
}
