package io.linkspan.instagram;

import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Options of {@link Instagram#withInstagramLogin}. Not thread-safe. */
public final class InstagramLoginBuilder {
    private static final int MAX_SECRETS = 4;

    private final String appId;
    private final Secret appSecret;
    private final URI redirectUri;
    private final List<Secret> webhookSecrets = new ArrayList<>();
    private InstagramEndpoints endpoints = InstagramEndpoints.production();
    private String graphVersion = "v27.0";
    private Duration leastProcessing = PublishOptions.LEAST_PROCESSING;
    private Duration processingPerMebibyte = PublishOptions.PER_MEBIBYTE;
    private Duration copyrightWait = Duration.ZERO;

    InstagramLoginBuilder(String appId, Secret appSecret, URI redirectUri) {
        this.appId = Objects.requireNonNull(appId, "appId");
        this.appSecret = Objects.requireNonNull(appSecret, "appSecret");
        this.redirectUri = Objects.requireNonNull(redirectUri, "redirectUri");
        webhookSecrets.add(appSecret);
    }

    /**
     * Where Instagram is. Default {@link InstagramEndpoints#production()}; another one for a simulator or a proxy.
     *
     * @param where the endpoints
     * @return this
     */
    public InstagramLoginBuilder endpoints(InstagramEndpoints where) {
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
     * @see <a href="https://developers.facebook.com/documentation/instagram-platform/changelog">Change log</a> (page of 2026-10-05, read
     *     2026-11-21)
     */
    public InstagramLoginBuilder graphVersion(String version) {
        this.graphVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    /**
     * One more secret that may have signed webhooks and callbacks: the Meta app's secret, since Meta does not say which
     * one signs, or the secret before or after a change. Default: the Instagram app secret alone.
     *
     * @param secret the secret
     * @return this
     */
    public InstagramLoginBuilder additionalWebhookSecret(Secret secret) {
        webhookSecrets.add(Objects.requireNonNull(secret, "secret"));
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
    public InstagramLoginBuilder processingDeadline(Duration least, Duration perMebibyte) {
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
    public InstagramLoginBuilder copyrightWait(Duration longest) {
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
                    "appId must be the Instagram app id, 1 to 64 letters, digits, dots or dashes, was: "
                            + Texts.shown(appId));
        }
        if (!graphVersion.matches("v\\d{1,3}\\.\\d{1,2}")) {
            throw new IllegalArgumentException("graphVersion must look like v27.0, was: " + Texts.shown(graphVersion));
        }
        if (webhookSecrets.size() > MAX_SECRETS) {
            throw new IllegalArgumentException("additionalWebhookSecret must be given at most " + (MAX_SECRETS - 1)
                    + " times, was " + (webhookSecrets.size() - 1));
        }
        checkRedirect(redirectUri);
        return Instagram.ofInstagramLogin(
                new InstagramApp(appId, appSecret, redirectUri, endpoints, graphVersion, webhookSecrets),
                new PublishOptions(Login.INSTAGRAM, false, leastProcessing, processingPerMebibyte, copyrightWait));
    }

    static void checkRedirect(URI redirectUri) {
        Texts.line("redirectUri", redirectUri.toString(), Texts.MOST_ADDRESS);
        boolean web = "https".equalsIgnoreCase(redirectUri.getScheme())
                || ("http".equalsIgnoreCase(redirectUri.getScheme()) && InstagramEndpoints.isLoopback(redirectUri));
        if (!web || redirectUri.getHost() == null) {
            throw new IllegalArgumentException("redirectUri must be an https address (http for a loopback host, which"
                    + " simulators take and Instagram does not), was: " + redirectUri);
        }
        if (redirectUri.getRawFragment() != null || redirectUri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("redirectUri must have no user and no fragment, was: " + redirectUri);
        }
    }
}
