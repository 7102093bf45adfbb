package io.linkspan.tiktok;

import io.linkspan.Platform;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.HelpCatalogue;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import io.linkspan.spi.WebhookAdapter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * TikTok: Login Kit for Web, Desktop and mobile apps, and the Content Posting API: videos by bytes
 * or by pull, photos, and drafts of either for the person's inbox.
 *
 * <pre>{@code
 * TikTok tiktok = TikTok.builder(clientKey, Secret.required("TIKTOK_CLIENT_SECRET", secret), redirectUri)
 *         .audited(true)
 *         .build();
 * }</pre>
 *
 * <p>Immutable and thread-safe; nothing is sent from here.
 *
 * @see <a href="https://developers.tiktok.com/docs/en/login-kit-web">Login Kit for Web</a> (read 2026-11-20)
 */
public final class TikTok implements PlatformAdapter {
    /** The platform's name. */
    public static final Platform PLATFORM = Platform.of("tiktok");

    private final TikTokConfig config;
    private final OAuthAdapter oauth;
    private final AccountAdapter accounts;
    private final ProfileAdapter profiles = new TikTokProfiles();
    private final RevocationAdapter revocation;
    private final PublishAdapter publishing;
    private final WebhookAdapter webhooks;
    private final HelpCatalogue help = HelpCatalogue.load(TikTok.class, "tiktok-help.json", "");

    private TikTok(TikTokConfig config) {
        this.config = config;
        Answers answers = new Answers();
        CreatorInfoQuery creatorInfo = new CreatorInfoQuery(config.endpoints(), answers);
        this.oauth = TikTokOAuth.web(config, answers);
        this.accounts = new TikTokAccounts(config, answers, creatorInfo);
        this.revocation = new TikTokRevocation(config, answers);
        this.publishing = new TikTokPublishing(config, answers, creatorInfo);
        this.webhooks = new TikTokWebhooks(config);
    }

    /**
     * Starts an adapter for one app registration.
     *
     * @param clientKey the app's client key, as the developer portal shows it
     * @param clientSecret the app's client secret; {@link Secret#required} names it when it is missing
     * @param redirectUri the address registered in the portal: https, without query and fragment, shorter than 512
     *     characters
     * @return the builder
     */
    public static Builder builder(String clientKey, Secret clientSecret, URI redirectUri) {
        return new Builder(clientKey, clientSecret, redirectUri);
    }

    @Override
    public Platform platform() {
        return PLATFORM;
    }

    @Override
    public String registration() {
        return config.clientKey();
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
    public HelpCatalogue help() {
        return help;
    }

    @Override
    public String toString() {
        return "TikTok[" + config.clientKey() + ", " + config.endpoints() + "]";
    }

    /** Builds a {@link TikTok}. Not thread-safe. */
    public static final class Builder {
        private static final int REDIRECT_LIMIT = 512;
        private static final int MOST_PROBLEMS = 10;

        private final String clientKey;
        private final Secret clientSecret;
        private final URI redirectUri;
        private @Nullable Secret previousClientSecret;
        private TikTokEndpoints endpoints = TikTokEndpoints.production();
        private boolean audited;
        private boolean displayApi;
        private boolean webPkce;
        private @Nullable String desktopRedirect;
        private @Nullable URI mobileRedirect;
        private long chunkSize = ChunkPlan.CHUNK;
        private @Nullable Integer activeUsers;
        private List<URI> verifiedPrefixes = List.of();
        private List<String> verifiedDomains = List.of();

        private Builder(String clientKey, Secret clientSecret, URI redirectUri) {
            this.clientKey = Objects.requireNonNull(clientKey, "clientKey");
            this.clientSecret = Objects.requireNonNull(
                    clientSecret,
                    "clientSecret; read it with Secret.required(name, value) to see which one is missing");
            this.redirectUri = Objects.requireNonNull(redirectUri, "redirectUri");
        }

        /**
         * Sets where TikTok is. Change it for a simulator or a proxy.
         *
         * @param value the endpoints; {@link TikTokEndpoints#production()} by default
         * @return this
         */
        public Builder endpoints(TikTokEndpoints value) {
            this.endpoints = Objects.requireNonNull(value, "endpoints");
            return this;
        }

        /**
         * Says whether the app passed TikTok's Content Posting audit, which is separate from app review. Until then TikTok
         * takes {@code SELF_ONLY} posts only, of accounts that are private, of at most 5 people a day. Nothing in the API
         * tells it, so it is stated here; it changes what capability findings say, not what is sent.
         *
         * @param value false by default; set it to true once the audit passed
         * @return this
         * @see <a href="https://developers.tiktok.com/docs/en/content-sharing-guidelines">Content Sharing Guidelines</a> (read
         *     2026-11-20)
         */
        public Builder audited(boolean value) {
            this.audited = value;
            return this;
        }

        /**
         * Says whether the app was approved for the Display API and its scope {@code user.info.profile}. Only then
         * {@link io.linkspan.connection.Capability#PROFILE_LINK} asks for that scope, which reads handle and bio. TikTok is reported to offer the
         * Display API to no new app, and a scope that the app does not have fails the whole consent, posting included. Without it a person says
         * whether the link on the profile is there.
         *
         * @param value false by default
         * @return this
         * @see <a href="https://developers.tiktok.com/docs/en/tiktok-api-scopes">Scopes</a> (read 2026-11-30)
         */
        public Builder displayApi(boolean value) {
            this.displayApi = value;
            return this;
        }

        /**
         * Sets the client secret used before, so that webhooks signed with either are taken while the secret is changed.
         *
         * @param value the former secret; none by default
         * @return this
         */
        public Builder previousClientSecret(Secret value) {
            this.previousClientSecret = Objects.requireNonNull(value, "previousClientSecret");
            return this;
        }

        /**
         * Adds PKCE to the consent of a web app, in TikTok's hexadecimal form. TikTok documents it for desktop and mobile
         * apps only; the client secret protects the exchange without it.
         *
         * @param value false by default
         * @return this
         * @see <a href="https://developers.tiktok.com/docs/en/login-kit-desktop">Login Kit for Desktop</a> (read 2026-11-20)
         */
        public Builder webPkce(boolean value) {
            this.webPkce = value;
            return this;
        }

        /**
         * Offers {@code Login.desktop(...)}: the system browser comes back to a loopback address that the desktop program
         * listens on. PKCE is always used there.
         *
         * @param registered the address as registered under Login Kit for Desktop: {@code http} or {@code https},
         *     {@code localhost} or {@code 127.0.0.1}, with a port or {@code *} for any, such as
         *     {@code http://127.0.0.1:*}{@code /callback/}; none by default
         * @return this
         * @see <a href="https://developers.tiktok.com/docs/en/login-kit-desktop">Login Kit for Desktop</a> (read 2026-11-20)
         */
        public Builder desktopRedirect(String registered) {
            this.desktopRedirect = Objects.requireNonNull(registered, "registered");
            return this;
        }

        /**
         * Offers {@code Login.mobile()}: TikTok's SDK signs the person in inside a mobile app, which hands code and verifier
         * over.
         *
         * @param uri the address registered for the app, {@code https} (an app link or universal link); none by default
         * @return this
         */
        public Builder mobileRedirect(URI uri) {
            this.mobileRedirect = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Sets how large the chunks of an upload are. Smaller ones lose less on a bad line, larger ones need fewer requests.
         * A file of up to two chunks goes in one piece where TikTok allows that (64 MB).
         *
         * @param bytes 32,000,000 by default; 5,242,880 to 64,000,000, which is legal whether TikTok's megabytes are decimal
         *     or binary
         * @return this
         * @see <a href="https://developers.tiktok.com/docs/en/content-posting-api-media-transfer-guide">Media Transfer Guide</a>
         *     (read 2026-11-20)
         */
        public Builder chunkSize(long bytes) {
            this.chunkSize = bytes;
            return this;
        }

        /**
         * Sets how many people may post directly through the app within 24 hours, so that the posts of one more wait with
         * the reason instead of being refused. TikTok allows 5 before the audit, and after it what the audit form said.
         *
         * @param people at least 1; not counted by default
         * @return this
         * @see <a href="https://developers.tiktok.com/docs/en/content-sharing-guidelines">Content Sharing Guidelines</a> (read
         *     2026-11-20)
         */
        public Builder activeUserCap(int people) {
            this.activeUsers = people;
            return this;
        }

        /**
         * Sets the prefixes that are verified for the app under "URL properties" in the portal. With prefixes or domains set,
         * an address of the {@code MediaHost} outside of them fails the post before TikTok is asked.
         *
         * @param prefixes https addresses that end with a slash, such as {@code https://media.example.com/v/}; none by default
         * @return this
         * @see <a href="https://developers.tiktok.com/docs/en/content-posting-api-media-transfer-guide">Media Transfer Guide</a>
         *     (read 2026-11-20)
         */
        public Builder verifiedPrefixes(List<URI> prefixes) {
            this.verifiedPrefixes = List.copyOf(prefixes);
            return this;
        }

        /**
         * Sets the domains that are verified for the app, each with all its subdomains; see {@link #verifiedPrefixes}.
         *
         * @param domains such as {@code media.example.com}; none by default
         * @return this
         */
        public Builder verifiedDomains(List<String> domains) {
            this.verifiedDomains = domains.stream()
                    .map(domain -> domain.toLowerCase(Locale.ROOT))
                    .toList();
            return this;
        }

        /**
         * Checks everything and builds the adapter.
         *
         * @return the adapter
         * @throws IllegalArgumentException naming every option that is wrong, its value and the limit
         */
        public TikTok build() {
            List<String> problems = new ArrayList<>();
            if (!clientKey.matches("[\\x21-\\x7e]{1,200}")) {
                problems.add("clientKey must be the key shown in the developer portal, 1 to 200 printable characters"
                        + " without blanks, was " + Texts.shown(clientKey));
            }
            redirectProblems(problems);
            if (desktopRedirect != null
                    && !(Texts.isClean(desktopRedirect) && DesktopRedirect.isRegistrable(desktopRedirect))) {
                problems.add("desktopRedirect must be http or https at localhost or 127.0.0.1 with a port or *, without"
                        + " query and fragment and shorter than " + REDIRECT_LIMIT + " characters, such as"
                        + " http://127.0.0.1:*/callback/, was " + Texts.shown(desktopRedirect));
            }
            if (mobileRedirect != null
                    && (!"https".equalsIgnoreCase(mobileRedirect.getScheme())
                            || mobileRedirect.getHost() == null
                            || !Texts.isClean(mobileRedirect.toString())
                            || mobileRedirect.getRawQuery() != null
                            || mobileRedirect.getRawFragment() != null)) {
                problems.add("mobileRedirect must be an https address without query and fragment, was "
                        + Texts.shown(mobileRedirect.toString()));
            }
            publishingProblems(problems);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(
                        problems.stream().limit(MOST_PROBLEMS).collect(Collectors.joining("; "))
                                + (problems.size() > MOST_PROBLEMS
                                        ? "; and " + (problems.size() - MOST_PROBLEMS) + " more"
                                        : ""));
            }
            return new TikTok(new TikTokConfig(
                    clientKey,
                    clientSecret,
                    previousClientSecret,
                    redirectUri,
                    desktopRedirect,
                    mobileRedirect,
                    endpoints,
                    audited,
                    displayApi,
                    webPkce,
                    chunkSize,
                    activeUsers,
                    verifiedPrefixes,
                    verifiedDomains));
        }

        private void publishingProblems(List<String> problems) {
            if (chunkSize < ChunkPlan.MIN_CHUNK || chunkSize > ChunkPlan.MAX_CHUNK) {
                problems.add("chunkSize must be " + ChunkPlan.MIN_CHUNK + " to " + ChunkPlan.MAX_CHUNK + " bytes, was "
                        + chunkSize);
            }
            if (activeUsers != null && activeUsers < 1) {
                problems.add("activeUserCap must be at least 1, was " + activeUsers);
            }
            for (URI prefix : verifiedPrefixes) {
                if (!"https".equalsIgnoreCase(prefix.getScheme())
                        || prefix.getHost() == null
                        || !Texts.isClean(prefix.toString())
                        || !prefix.toString().endsWith("/")
                        || prefix.getRawQuery() != null
                        || prefix.getRawFragment() != null) {
                    problems.add("verifiedPrefixes must be https addresses that end with a slash, without query and"
                            + " fragment, was " + Texts.shown(prefix.toString()));
                }
            }
            for (String domain : verifiedDomains) {
                if (!UrlOwnership.isDomain(domain)) {
                    problems.add("verifiedDomains must be names such as media.example.com, was " + Texts.shown(domain));
                }
            }
        }

        private void redirectProblems(List<String> problems) {
            String text = redirectUri.toString();
            if (!Texts.isClean(text)) {
                problems.add("redirectUri must be well-formed, was " + Texts.shown(text));
            }
            if (!redirectUri.isAbsolute() || redirectUri.getHost() == null) {
                problems.add("redirectUri must be an absolute address with a host, was " + Texts.shown(text));
                return;
            }
            boolean plainLoopback = "http".equalsIgnoreCase(redirectUri.getScheme())
                    && TikTokEndpoints.isLoopback(redirectUri)
                    && endpoints.loopback();
            if (!"https".equalsIgnoreCase(redirectUri.getScheme()) && !plainLoopback) {
                problems.add(
                        "redirectUri must be https (http is taken for a loopback host when the endpoints are loopback"
                                + " too), was " + Texts.shown(text));
            }
            if (redirectUri.getRawQuery() != null || redirectUri.getRawFragment() != null) {
                problems.add("redirectUri must not have a query or fragment, was " + Texts.shown(text));
            }
            if (text.length() >= REDIRECT_LIMIT) {
                problems.add(
                        "redirectUri must be shorter than " + REDIRECT_LIMIT + " characters, had " + text.length());
            }
        }
    }
}
