package io.linkspan.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.link.Intent;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens that another system holds, and what is known of them. Immutable: each method returns a changed copy. */
public final class ImportRequest {
    private static final int MOST_CHARACTERS = 8 * 1024;
    private static final int MOST_SCOPES = 100;

    private final Owner owner;
    private final Platform platform;
    private final Intent intent;
    private final Secret accessToken;
    private final @Nullable Secret refreshToken;
    private final @Nullable Instant accessEnd;
    private final @Nullable Instant refreshEnd;
    private final Set<String> scopes;
    private final @Nullable String expectedAccount;

    private ImportRequest(
            Owner owner,
            Platform platform,
            Intent intent,
            Secret accessToken,
            @Nullable Secret refreshToken,
            @Nullable Instant accessEnd,
            @Nullable Instant refreshEnd,
            Set<String> scopes,
            @Nullable String expectedAccount) {
        this.owner = Objects.requireNonNull(owner, "owner");
        this.platform = Objects.requireNonNull(platform, "platform");
        this.intent = Objects.requireNonNull(intent, "intent");
        this.accessToken = clean("accessToken", accessToken);
        this.refreshToken = refreshToken == null ? null : clean("refreshToken", refreshToken);
        this.accessEnd = accessEnd;
        this.refreshEnd = refreshEnd;
        this.scopes = Set.copyOf(scopes);
        this.expectedAccount = expectedAccount;
    }

    private static Secret clean(String name, Secret token) {
        String text = Objects.requireNonNull(token, name).reveal();
        if (text.length() > MOST_CHARACTERS || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException(name + " must have at most " + MOST_CHARACTERS
                    + " printable characters without blanks; had " + text.length()
                    + ": was it stored encrypted, quoted or cut?");
        }
        return token;
    }

    /**
     * A request.
     *
     * @param owner whose connection it becomes
     * @param platform the platform
     * @param intent what for
     * @param accessToken the access token
     * @return the request
     * @throws IllegalArgumentException when the token cannot be one
     */
    public static ImportRequest of(Owner owner, Platform platform, Intent intent, Secret accessToken) {
        return new ImportRequest(owner, platform, intent, accessToken, null, null, null, Set.of(), null);
    }

    /**
     * Adds the refresh token, for platforms that have one. It is spent at once when the access token has ended.
     *
     * @param token the refresh token
     * @return a copy
     */
    public ImportRequest refreshToken(Secret token) {
        Objects.requireNonNull(token, "token");
        return new ImportRequest(
                owner, platform, intent, accessToken, token, accessEnd, refreshEnd, scopes, expectedAccount);
    }

    /**
     * Says when the access token ends. Without it, it is renewed as soon as the platform allows.
     *
     * @param end the moment
     * @return a copy
     */
    public ImportRequest accessEndsAt(Instant end) {
        Objects.requireNonNull(end, "end");
        return new ImportRequest(
                owner, platform, intent, accessToken, refreshToken, end, refreshEnd, scopes, expectedAccount);
    }

    /**
     * Says when the refresh token, and so the consent, ends. Without it, nobody is warned before.
     *
     * @param end the moment
     * @return a copy
     */
    public ImportRequest refreshEndsAt(Instant end) {
        Objects.requireNonNull(end, "end");
        return new ImportRequest(
                owner, platform, intent, accessToken, refreshToken, accessEnd, end, scopes, expectedAccount);
    }

    /**
     * Says which scopes were granted. Without them, capabilities are unknown until they are checked.
     *
     * @param granted scope names as the platform spells them
     * @return a copy
     */
    public ImportRequest scopes(Set<String> granted) {
        if (Objects.requireNonNull(granted, "granted").size() > MOST_SCOPES) {
            throw new IllegalArgumentException(
                    "granted must have at most " + MOST_SCOPES + " scopes, had " + granted.size());
        }
        granted.forEach(scope -> Texts.name("scope", scope, Texts.MOST_ID));
        return new ImportRequest(
                owner, platform, intent, accessToken, refreshToken, accessEnd, refreshEnd, granted, expectedAccount);
    }

    /**
     * Pins the account, so that mixed-up rows of the other system are noticed.
     *
     * @param accountId the platform's id of the account
     * @return a copy
     */
    public ImportRequest expecting(String accountId) {
        Texts.name("account id", accountId, Texts.MOST_ID);
        return new ImportRequest(
                owner, platform, intent, accessToken, refreshToken, accessEnd, refreshEnd, scopes, accountId);
    }

    /**
     * Whose connection it becomes.
     *
     * @return the owner
     */
    public Owner owner() {
        return owner;
    }

    /**
     * The platform.
     *
     * @return the platform
     */
    public Platform platform() {
        return platform;
    }

    /**
     * What for.
     *
     * @return the intent
     */
    public Intent intent() {
        return intent;
    }

    /**
     * The access token.
     *
     * @return the token
     */
    public Secret accessToken() {
        return accessToken;
    }

    /**
     * The refresh token.
     *
     * @return the token, if there is one
     */
    public Optional<Secret> refreshToken() {
        return Optional.ofNullable(refreshToken);
    }

    /**
     * When the access token ends.
     *
     * @return the moment, if known
     */
    public Optional<Instant> accessEndsAt() {
        return Optional.ofNullable(accessEnd);
    }

    /**
     * When the refresh token ends.
     *
     * @return the moment, if known
     */
    public Optional<Instant> refreshEndsAt() {
        return Optional.ofNullable(refreshEnd);
    }

    /**
     * Granted scopes.
     *
     * @return the scopes; empty when not known
     */
    public Set<String> scopes() {
        return scopes;
    }

    /**
     * The pinned account.
     *
     * @return the platform's id, if pinned
     */
    public Optional<String> expectedAccount() {
        return Optional.ofNullable(expectedAccount);
    }

    @Override
    public String toString() {
        return "ImportRequest[" + platform + " for " + owner + "]";
    }
}
