package io.linkspan.testkit.tiktok;

import io.linkspan.spi.HttpTransport;
import io.linkspan.testkit.internal.AppRegistration;
import io.linkspan.testkit.internal.ConsentDesk;
import io.linkspan.testkit.internal.FaultScripts;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.SimHttpServer;
import io.linkspan.testkit.internal.SimTransport;
import io.linkspan.testkit.internal.SocketFetcher;
import io.linkspan.testkit.internal.WebFetcher;
import io.linkspan.testkit.sim.CallbackReceiver;
import io.linkspan.testkit.sim.Faults;
import io.linkspan.testkit.sim.IssuedTokens;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.sim.MediaWeb;
import io.linkspan.testkit.sim.SimPlatform;
import io.linkspan.testkit.sim.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A TikTok to test against: an HTTP server on a free port of the loopback interface.
 *
 * <p>All of TikTok's hosts are served below {@link #baseUri()} by their usual paths. Accounts, grants, tokens and
 * posts live in memory and show in the {@link #ledger()}. Time is the clock's; nothing happens by itself except pulls
 * and webhooks. Thread-safe.
 */
public final class TikTokSimulator implements SimPlatform {

    private final TikTokWorld world;
    private final FaultScripts<TikTokOperation> faults = new FaultScripts<>(TikTokOperation.class);
    private final URI base;
    private final @Nullable SimHttpServer<TikTokOperation> server;
    private final SimTransport<TikTokOperation> transport;

    private TikTokSimulator(Builder builder, boolean served) {
        AppRegistration app = new AppRegistration(builder.clientKey, builder.clientSecret, builder.redirectUris);
        this.world = new TikTokWorld(
                builder.clock, app, builder.rules, builder.seed, fetcher(builder, served), builder.callbacks);
        TikTokVendor vendor = new TikTokVendor(world, this::baseUri);
        this.transport = new SimTransport<>(vendor, faults, world.ledger);
        this.server = served ? new SimHttpServer<>(vendor, faults, world.ledger) : null;
        this.base = server == null ? builder.base : server.baseUri();
    }

    private static MediaFetcher fetcher(Builder builder, boolean served) {
        MediaWeb web = builder.web;
        if (web != null) {
            return new WebFetcher(web);
        }
        return served ? new SocketFetcher("TikTokSimulator/1.0") : new WebFetcher(uri -> MediaWeb.Page.unreachable());
    }

    /** {@return a builder with default settings} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public URI baseUri() {
        return base;
    }

    @Override
    public HttpTransport transport() {
        return transport;
    }

    /** {@return the app's client key} */
    public String clientKey() {
        return world.app.id();
    }

    /** {@return the app's client secret} */
    public String clientSecret() {
        return world.app.secret();
    }

    /**
     * Registers one more redirect URI; {@code http://127.0.0.1:*}{@code /callback/} stands for any port.
     *
     * @param redirectUri compared character for character
     */
    public void addRedirectUri(String redirectUri) {
        world.app.add(Objects.requireNonNull(redirectUri, "redirectUri"));
    }

    /**
     * Adds a person with an account.
     *
     * @param handle the @handle, without the sign
     * @return the account, whose settings may be changed
     */
    public TikTokAccount addAccount(String handle) {
        return world.add(Objects.requireNonNull(handle, "handle"));
    }

    /**
     * Lets every authorization request be allowed at once by a person who is signed in.
     *
     * @param account the person's account
     */
    public void autoConsent(TikTokAccount account) {
        world.desk.answer(ConsentDesk.Mode.ALLOW, account.handle());
    }

    /** Lets every authorization request be refused at once. */
    public void autoDeny() {
        world.desk.answer(ConsentDesk.Mode.DENY, "");
    }

    /** Shows the consent page again, as at first. */
    public void showConsentPage() {
        world.desk.answer(ConsentDesk.Mode.PAGE, "");
    }

    /**
     * Issues tokens as if the person had allowed, without a browser and without the token endpoint.
     *
     * @param account the person's account
     * @param scopes what is granted; none means all scopes of the app
     * @return the tokens
     */
    public IssuedTokens issueTokens(TikTokAccount account, String... scopes) {
        Set<String> granted = scopes.length == 0 ? world.rules.appScopes : new TreeSet<>(List.of(scopes));
        TikTokGrants.Pair pair = world.grants.open(account, granted);
        return new IssuedTokens(pair.access().value, pair.refresh().value);
    }

    /** {@return the rules, to be changed at any time} */
    public TikTokRules rules() {
        return world.rules;
    }

    /** {@return the faults in store} */
    public Faults<TikTokOperation> faults() {
        return faults;
    }

    /** {@return what really happened} */
    public Ledger ledger() {
        return world.ledger;
    }

    /** {@return the delivery of webhooks} */
    public Webhooks webhooks() {
        return world.courier;
    }

    /**
     * Sets where webhooks go; without it none are sent.
     *
     * @param uri the application's address
     */
    public void webhookUri(URI uri) {
        world.webhookUri(Objects.requireNonNull(uri, "uri"));
    }

    /**
     * The person removes the app in TikTok's settings: every token is dead, {@code authorization.removed} follows
     * with reason 1, running transfers end with {@code auth_removed}.
     *
     * @param account the person's account
     */
    public void removeApp(TikTokAccount account) {
        world.endAuthorization(account, "removed by the person", 1);
    }

    /**
     * TikTok ends the authorization: reason 2 is a deleted account, 3 a changed age, 4 a banned account.
     *
     * @param account the person's account
     * @param reason the reason in the webhook
     */
    public void endAuthorization(TikTokAccount account, int reason) {
        world.endAuthorization(account, "ended with reason " + reason, reason);
    }

    /**
     * The person withdraws one scope and leaves the rest.
     *
     * @param account the person's account
     * @param scope what may no longer be done
     */
    public void withdrawScope(TikTokAccount account, String scope) {
        world.grants.withdraw(account, scope);
    }

    /**
     * Ends the access tokens of an account before their time; the refresh tokens stay alive.
     *
     * @param account the person's account
     */
    public void invalidateAccessTokens(TikTokAccount account) {
        world.grants.killAccessTokens(account);
    }

    /**
     * Lets the next publish whose bytes are complete fail, without a post. May be called several times.
     *
     * @param failReason such as {@code file_format_check_failed}
     */
    public void failNextPublish(String failReason) {
        world.publishes.failNext(Objects.requireNonNull(failReason, "failReason"));
    }

    /** Ends all processing as if much time had passed, and sends the events that belong to it. */
    public void settle() {
        world.publishes.settle();
    }

    /** Starts the pulls that {@link TikTokRules#holdPulls(boolean)} kept back. */
    public void startPulls() {
        world.publishes.startPulls();
    }

    /**
     * The person posts a draft from the inbox, not for everyone; each call makes one more post and sends one more
     * {@code post.publish.complete}.
     *
     * @param publishId the draft
     * @return the post
     */
    public Ledger.Post postDraft(String publishId) {
        return postDraft(publishId, "SELF_ONLY");
    }

    /**
     * The person posts a draft from the inbox; each call makes one more post and sends one more
     * {@code post.publish.complete}. The id of a public post shows and is told of like that of a direct post.
     *
     * @param publishId the draft
     * @param privacyLevel what the person chose, such as {@code PUBLIC_TO_EVERYONE}
     * @return the post
     */
    public Ledger.Post postDraft(String publishId, String privacyLevel) {
        return world.publishes.postDraft(publishId, Objects.requireNonNull(privacyLevel, "privacyLevel"));
    }

    /**
     * The person or TikTok makes a post invisible to the public; it stays in the ledger. When its id was told,
     * {@code post.publish.no_longer_publicaly_available} follows.
     *
     * @param postId the post
     */
    public void hidePost(String postId) {
        world.publishes.visibility(postId, false);
    }

    /**
     * The person makes a post public: its id shows from now on, {@code post.publish.publicly_available} follows with
     * the next status read or {@link #settle()}.
     *
     * @param postId the post
     */
    public void showPost(String postId) {
        world.publishes.visibility(postId, true);
    }

    /** {@return every secret that exists: client secret, codes, tokens, upload tokens; for hunting leaks} */
    public Set<String> secrets() {
        return world.ids.secrets();
    }

    /** Stops the server; what was learned stays readable. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        world.close();
    }

    /** Settings of a simulator before it starts. */
    public static final class Builder {

        private final TikTokRules rules = new TikTokRules();
        private final List<String> redirectUris = new ArrayList<>();
        private InstantSource clock = InstantSource.system();
        private String clientKey = "sim-client-key";
        private String clientSecret = "sim-client-secret";
        private long seed = 20261121;
        private URI base = URI.create("https://tiktok.test");
        private @Nullable MediaWeb web;
        private @Nullable CallbackReceiver callbacks;

        private Builder() {}

        /**
         * Sets the clock.
         *
         * @param source default: the system clock
         * @return this builder
         */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Registers the application.
         *
         * @param key client key; default {@code sim-client-key}
         * @param secret client secret; default {@code sim-client-secret}
         * @param redirectUri where callbacks may go; more can be added
         * @return this builder
         */
        public Builder app(String key, String secret, String redirectUri) {
            clientKey = Objects.requireNonNull(key, "key");
            clientSecret = Objects.requireNonNull(secret, "secret");
            redirectUris.add(Objects.requireNonNull(redirectUri, "redirectUri"));
            return this;
        }

        /**
         * Sets the life of access tokens; short for {@link TikTokRules#accessTokenLife(Duration)}.
         *
         * @param life default 2 hours
         * @return this builder
         */
        public Builder accessTokenLife(Duration life) {
            rules.accessTokenLife(life);
            return this;
        }

        /**
         * Sets the life of refresh tokens; short for {@link TikTokRules#refreshTokenLife(Duration)}.
         *
         * @param life default 180 days
         * @return this builder
         */
        public Builder refreshTokenLife(Duration life) {
            rules.refreshTokenLife(life);
            return this;
        }

        /**
         * Changes rules.
         *
         * @param change receives the rules
         * @return this builder
         */
        public Builder rules(Consumer<TikTokRules> change) {
            change.accept(rules);
            return this;
        }

        /**
         * Breaks a promise on purpose, for control runs: an upload whose URL is too old, a publish that status calls
         * {@code FAILED} and a pull given up may still post when their bytes come.
         *
         * @return this builder
         */
        public Builder deadHandlesMayPost() {
            rules.deadHandlesMayPost = true;
            return this;
        }

        /**
         * Breaks a promise on purpose, for control runs: a last chunk sent again posts again.
         *
         * @return this builder
         */
        public Builder resentChunksPostAgain() {
            rules.resentChunksPostAgain = true;
            return this;
        }

        /**
         * Sets the seed of ids and tokens.
         *
         * @param value default fixed: equal runs make equal ids
         * @return this builder
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Lets media be pulled from a function instead of sockets.
         *
         * @param source default: real sockets when {@linkplain #start() served}, nothing reachable otherwise
         * @return this builder
         */
        public Builder media(MediaWeb source) {
            web = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Hands webhooks and callbacks to a function instead of sockets, also when no address is set for them.
         *
         * @param receiver default: none, real requests to the addresses that are set
         * @return this builder
         */
        public Builder callbacks(CallbackReceiver receiver) {
            callbacks = Objects.requireNonNull(receiver, "receiver");
            return this;
        }

        /**
         * Sets the address of a simulator that is {@linkplain #build() not served}.
         *
         * @param uri without a slash at the end; default {@code https://tiktok.test}
         * @return this builder
         */
        public Builder baseUri(URI uri) {
            base = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Makes a simulator without server, threads and sockets, to be reached through
         * {@link TikTokSimulator#transport()}.
         *
         * @return the simulator; takes well under a millisecond
         */
        public TikTokSimulator build() {
            return new TikTokSimulator(this, false);
        }

        /** {@return a simulator that serves already} */
        public TikTokSimulator start() {
            TikTokSimulator simulator = new TikTokSimulator(this, true);
            Objects.requireNonNull(simulator.server).start();
            return simulator;
        }
    }
}
