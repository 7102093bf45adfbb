package io.linkspan.instagram;

import io.linkspan.Platform;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.HelpCatalogue;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.WebhookAdapter;
import java.net.URI;

/**
 * Instagram, ready to be given to Linkspan. Immutable and thread-safe.
 *
 * <p>{@link #withInstagramLogin} is <em>Instagram API with Instagram Login</em>: people sign in with their Instagram
 * credentials and need a professional account, but no Facebook Page. {@link #withFacebookLogin} is <em>Instagram API with
 * Facebook Login</em>: people sign in with Facebook, and one consent may open several accounts, each linked to a Page. Both
 * publish reels, images, carousels and stories. Instagram pulls the media from a public address; with Facebook Login videos
 * are sent to it. One Meta app uses one login, and each login has its own pair of app id and secret. Meta's review of a
 * permission asks for a call that used it within the last 30 days, and an approved permission that is not used for 90 days lapses.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/overview">Instagram Platform, overview</a> (copies of
 *     2025 and 2026, read 2026-11-21)
 */
public final class Instagram implements PlatformAdapter {
    /** The platform's name. */
    public static final Platform PLATFORM = Platform.of("instagram");

    private final String registration;
    private final OAuthAdapter oauth;
    private final AccountAdapter accounts;
    private final ProfileAdapter profiles = new InstagramProfiles();
    private final RevocationAdapter revocation;
    private final PublishAdapter publishing;
    private final WebhookAdapter webhooks;
    private final HelpCatalogue help;

    private Instagram(
            InstagramApp app,
            InstagramErrors errors,
            Answers answers,
            OAuthAdapter oauth,
            AccountAdapter accounts,
            RevocationAdapter revocation,
            PublishOptions options,
            String login) {
        this.registration = app.id();
        this.oauth = oauth;
        this.accounts = accounts;
        this.revocation = revocation;
        this.publishing = new InstagramPublishing(app, answers, errors, options);
        this.webhooks = new InstagramWebhooks(app);
        this.help = HelpCatalogue.load(Instagram.class, "instagram-help.json", login);
    }

    static Instagram ofInstagramLogin(InstagramApp app, PublishOptions options) {
        InstagramErrors errors = InstagramErrors.load();
        Answers answers = new Answers(errors);
        return new Instagram(
                app,
                errors,
                answers,
                new InstagramOAuth(app, answers),
                new InstagramAccounts(app, answers),
                new InstagramRevocation(),
                options,
                "instagram");
    }

    static Instagram ofFacebookLogin(InstagramApp app, String configurationId, PublishOptions options) {
        InstagramErrors errors = InstagramErrors.load();
        Answers answers = new Answers(errors);
        return new Instagram(
                app,
                errors,
                answers,
                new FacebookOAuth(app, answers, configurationId),
                new FacebookAccounts(app, answers),
                new FacebookRevocation(app, answers),
                options,
                "facebook");
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

    /**
     * Starts with what Facebook Login for Business needs: people sign in with Facebook and connect a professional account
     * that is linked to a Facebook Page. App id and secret are those of the Meta app (<em>App settings, Basic</em>), not the
     * Instagram app's.
     *
     * @param appId Meta app id
     * @param appSecret Meta app secret
     * @param redirectUri the address under <em>Valid OAuth Redirect URIs</em>, character for character
     * @return a builder
     */
    public static FacebookLoginBuilder withFacebookLogin(String appId, Secret appSecret, URI redirectUri) {
        return new FacebookLoginBuilder(appId, appSecret, redirectUri);
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
    public HelpCatalogue help() {
        return help;
    }

    @Override
    public AccountAdapter accounts() {
        return accounts;
    }

    @Override
    public ProfileAdapter profiles() {
        return profiles;
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
