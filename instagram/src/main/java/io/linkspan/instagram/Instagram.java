package io.linkspan.instagram;

import io.linkspan.Platform;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.WebhookAdapter;
import java.net.URI;

/**
 * Instagram, ready to be given to Linkspan. Immutable and thread-safe.
 *
 * <p>{@link #withInstagramLogin} is <em>Instagram API with Instagram Login</em>: people sign in with their Instagram
 * credentials and need a professional account, but no Facebook Page. It publishes reels and images that Instagram pulls
 * from a public address. One Meta app uses one login, and each login has its own pair of app id and secret.
 *
 * @see <a href="https://developers.facebook.com/docs/instagram-platform/overview">Instagram Platform, overview</a> (copies of
 *     2025 and 2026, read 2026-11-21)
 */
public final class Instagram implements PlatformAdapter {
    /** The platform's name. */
    public static final Platform PLATFORM = Platform.of("instagram");

    private final String registration;
    private final OAuthAdapter oauth;
    private final AccountAdapter accounts;
    private final RevocationAdapter revocation;
    private final PublishAdapter publishing;
    private final WebhookAdapter webhooks;

    Instagram(InstagramApp app) {
        InstagramErrors errors = InstagramErrors.load();
        Answers answers = new Answers(errors);
        this.registration = app.id();
        this.oauth = new InstagramOAuth(app, answers);
        this.accounts = new InstagramAccounts(app, answers);
        this.revocation = new InstagramRevocation();
        this.publishing = new InstagramPublishing(app, answers, errors);
        this.webhooks = new InstagramWebhooks(app);
    }

    /**
     * Starts with what Instagram Login needs. App id and secret are those under <em>Instagram, API setup with Instagram
     * login, Business login settings</em> of the app's dashboard, not the Meta app's.
     *
     * @param appId Instagram app id
     * @param appSecret Instagram app secret
     * @param redirectUri the address registered there, character for character; the dashboard may have put a slash at its
     *     end
     * @return a builder
     */
    public static InstagramLoginBuilder withInstagramLogin(String appId, Secret appSecret, URI redirectUri) {
        return new InstagramLoginBuilder(appId, appSecret, redirectUri);
    }

    @Override
    public Platform platform() {
        return PLATFORM;
    }

    @Override
    public String registration() {
        return registration;
    }

    @Override
    public OAuthAdapter oauth() {
        return oauth;
    }

    @Override
    public AccountAdapter accounts() {
        return accounts;
    }

    @Override
    public RevocationAdapter revocation() {
        return revocation;
    }

    @Override
    public PublishAdapter publishing() {
        return publishing;
    }

    @Override
    public WebhookAdapter webhooks() {
        return webhooks;
    }

    @Override
    public String toString() {
        return "Instagram[" + registration + "]";
    }
}
