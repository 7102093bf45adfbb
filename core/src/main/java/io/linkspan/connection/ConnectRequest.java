package io.linkspan.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.link.Intent;
import io.linkspan.spi.Texts;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A wish to connect an account. Immutable: each method returns a changed copy. */
public final class ConnectRequest {
    private final Owner owner;
    private final Platform platform;
    private final Intent intent;
    private final @Nullable String browserSecret;
    private final @Nullable String expectedAccount;
    private final boolean freshLogin;
    private final Login login;

    private ConnectRequest(
            Owner owner,
            Platform platform,
            Intent intent,
            @Nullable String browserSecret,
            @Nullable String expectedAccount,
            boolean freshLogin,
            Login login) {
        this.owner = Objects.requireNonNull(owner, "owner");
        this.platform = Objects.requireNonNull(platform, "platform");
        this.intent = Objects.requireNonNull(intent, "intent");
        this.browserSecret = browserSecret;
        this.expectedAccount = expectedAccount;
        this.freshLogin = freshLogin;
        this.login = login;
    }

    /**
     * A request; {@link #boundTo} must follow.
     *
     * @param owner whose account it becomes
     * @param platform the platform
     * @param intent what for; the least scopes follow from it
     * @return the request
     */
    public static ConnectRequest of(Owner owner, Platform platform, Intent intent) {
        return new ConnectRequest(owner, platform, intent, null, null, false, Login.web());
    }

    /**
     * Binds it to the signed-in browser, so that nobody else's browser can finish it.
     *
     * @param secret a random value the host keeps in the browser's session, at least 16 characters; the same must be
     *     given to {@link Connections#complete}
     * @return a copy
     */
    public ConnectRequest boundTo(String secret) {
        if (Texts.secret("the browser secret", secret).length() < 16) {
            throw new IllegalArgumentException(
                    "the browser secret must have at least 16 characters, had " + secret.length());
        }
        return new ConnectRequest(owner, platform, intent, secret, expectedAccount, freshLogin, login);
    }

    /**
     * Pins the account: another one is refused and changes nothing.
     *
     * @param accountId the platform's id of the account
     * @return a copy
     */
    public ConnectRequest expecting(String accountId) {
        Texts.name("account id", accountId, Texts.MOST_ID);
        return new ConnectRequest(owner, platform, intent, browserSecret, accountId, freshLogin, login);
    }

    /**
     * Asks the platform to have the person sign in again, where it can, so that another account can be chosen.
     *
     * @return a copy
     */
    public ConnectRequest withFreshLogin() {
        return new ConnectRequest(owner, platform, intent, browserSecret, expectedAccount, true, login);
    }

    /**
     * Says how the person signs in. {@link Login#web()} by default.
     *
     * @param how the way; the platform and its configuration must have it
     * @return a copy
     */
    public ConnectRequest via(Login how) {
        Objects.requireNonNull(how, "how");
        return new ConnectRequest(owner, platform, intent, browserSecret, expectedAccount, freshLogin, how);
    }

    /**
     * Whose account it becomes.
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
     * The browser's secret.
     *
     * @return the secret
     * @throws IllegalStateException when {@link #boundTo} was not called
     */
    public String browserSecret() {
        if (browserSecret == null) {
            throw new IllegalStateException(
                    "call boundTo(browserSecret): without it another person's browser could" + " finish this connect");
        }
        return browserSecret;
    }

    /**
     * The pinned account.
     *
     * @return the platform's id, if pinned
     */
    public Optional<String> expectedAccount() {
        return Optional.ofNullable(expectedAccount);
    }

    /**
     * Whether the person should sign in again.
     *
     * @return true when asked for
     */
    public boolean freshLogin() {
        return freshLogin;
    }

    /**
     * How the person signs in.
     *
     * @return the way
     */
    public Login login() {
        return login;
    }
}
