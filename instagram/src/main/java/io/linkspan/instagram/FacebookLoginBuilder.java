package io.linkspan.instagram;

import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Options of {@link Instagram#withFacebookLogin}. Not thread-safe. */
public final class FacebookLoginBuilder {
    private static final int MAX_SECRETS = 4;

    private final String appId;
    private final Secret appSecret;
    private final URI redirectUri;
    private final List<Secret> webhookSecrets = new ArrayList<>();
    private InstagramEndpoints endpoints = InstagramEndpoints.facebookLogin();
    private String graphVersion = "v27.0";
    private Duration leastProcessing = PublishOptions.LEAST_PROCESSING;
    private Duration processingPerMebibyte = PublishOptions.PER_MEBIBYTE;
    private Duration copyrightWait = Duration.ZERO;
    private boolean pullVideos;
    private String configurationId = "";

    FacebookLoginBuilder(String appId, Secret appSecret, URI redirectUri) {
        this.appId = Objects.requireNonNull(appId, "appId");
        this.appSecret = Objects.requireNonNull(appSecret, "appSecret");
        this.redirectUri = Objects.requireNonNull(redirectUri, "redirectUri");
        webhookSecrets.add(appSecret);
    }

    /**
     * Where Facebook is. Default {@link InstagramEndpoints#facebookLogin()}; another one for a simulator or a proxy.
     *
     * @param where the endpoints
     * @return this
     */
    public FacebookLoginBuilder endpoints(InstagramEndpoints where) {
        this.endpoints = Objects.requireNonNull(where, "where");
        return this;
    }

    /**
     * Version of the Graph API. Default {@code v27.0}, released 2026-11-04; change it when Meta ends that version, at least
     * two years later. An app may call only versions from that of its first call on, so an older one is open to older apps only. No feature that
     * v27.0 closed to new apps is used.
     *
     * @param version such as {@code v27.0}
     * @return this
     */
    public FacebookLoginBuilder graphVersion(String version) {
        this.graphVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    /**
     * Configuration of Facebook Login for Business, made in the dashboard. It replaces the scopes in the login dialog, and
     * the person grants all of it or nothing. Default: none, so that the dialog asks for the least scopes of the intent, as
     * classic Facebook Login does.
     *
     * @param id the configuration's id
     * @return this
     * @see <a href="https://developers.facebook.com/docs/facebook-login/facebook-login-for-business">Facebook Login for
     *     Business</a> (copies of 2026, read 2026-11-21)
     */
    public FacebookLoginBuilder configurationId(String id) {
        this.configurationId = Objects.requireNonNull(id, "id");
        return this;
    }

    /**
     * One more secret that may have signed webhooks and callbacks, such as the one before or after a change. Default: the
     * app secret alone.
     *
     * @param secret the secret
     * @return this
     */
    public FacebookLoginBuilder additionalWebhookSecret(Secret secret) {
        webhookSecrets.add(Objects.requireNonNull(secret, "secret"));
        return this;
    }

    /**
     * Whether Instagram pulls videos from a public address, as it always pulls images and covers. Default false: the bytes
     * are sent to it, and videos need no {@link io.linkspan.spi.MediaHost}. Change it when the media lie at a public place
     * anyhow, which saves the way through this process.
     *
     * @param pull true to let them be pulled
     * @return this
     */
    public FacebookLoginBuilder pullVideos(boolean pull) {
        this.pullVideos = pull;
        return this;
    }

    /**
     * How long Instagram may work on a container before another one is made. Default 1 hour and 1 minute more for each
     * mebibyte of its media, and never longer than the 24 hours that a container lives: nothing says how long large videos
     * take, and a new container costs an upload. Shorten it when posts are worthless after a while.
     *
     * @param least for the smallest media; 5 minutes to 24 hours
     * @param perMebibyte how much longer for each mebibyte; 0 to 24 hours
     * @return this
     */
    public FacebookLoginBuilder processingDeadline(Duration least, Duration perMebibyte) {
        this.leastProcessing = Objects.requireNonNull(least, "least");
        this.processingPerMebibyte = Objects.requireNonNull(perMebibyte, "perMebibyte");
        return this;
    }

    /**
     * How long a video waits for Instagram's copyright check when everything else is ready. Default 0: what the check has found by then
     * counts, and a check that is not over holds nothing up. A match ends the job before it posts unless the post waives {@code
     * instagram.copyright_match}. Lengthen it where a muted video is worse than a late one; most checks take minutes, one of 8 hours was seen.
     *
     * @param longest counted from when the container was made; 0 to 20 hours
     * @return this
     */
    public FacebookLoginBuilder copyrightWait(Duration longest) {
        this.copyrightWait = Objects.requireNonNull(longest, "longest");
        return this;
    }

    /**
     * Checks everything and makes the adapter.
     *
     * @return the adapter
     * @throws IllegalArgumentException when an option is out of its limits, naming it
     */
    public Instagram build() {
        if (!appId.matches("[0-9A-Za-z._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "appId must be the Meta app id, 1 to 64 letters, digits, dots or dashes, was: "
                            + Texts.shown(appId));
        }
        if (!graphVersion.matches("v\\d{1,3}\\.\\d{1,2}")) {
            throw new IllegalArgumentException("graphVersion must look like v27.0, was: " + Texts.shown(graphVersion));
        }
        if (!configurationId.matches("\\d{0,32}")) {
            throw new IllegalArgumentException(
                    "configurationId must be the number shown in the dashboard, was: " + Texts.shown(configurationId));
        }
        if (webhookSecrets.size() > MAX_SECRETS) {
            throw new IllegalArgumentException("additionalWebhookSecret must be given at most " + (MAX_SECRETS - 1)
                    + " times, was " + (webhookSecrets.size() - 1));
        }
        InstagramLoginBuilder.checkRedirect(redirectUri);
        return Instagram.ofFacebookLogin(
                new InstagramApp(appId, appSecret, redirectUri, endpoints, graphVersion, webhookSecrets),
                configurationId,
                new PublishOptions(Login.FACEBOOK, pullVideos, leastProcessing, processingPerMebibyte, copyrightWait));
    }
}
