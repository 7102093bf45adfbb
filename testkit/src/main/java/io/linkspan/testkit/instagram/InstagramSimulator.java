package io.linkspan.testkit.instagram;

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
 * An Instagram to test against, in both flavours, "Instagram API with Instagram Login" and "with Facebook Login": an HTTP
 * server on a free port of the loopback interface.
 *
 * <p>All of Instagram's hosts are served below {@link #baseUri()} by their usual paths. Accounts, grants, tokens,
 * containers and posts live in memory and show in the {@link #ledger()}. Media is really fetched from its URL. Time is
 * the clock's; nothing happens by itself except fetches and callbacks. Thread-safe.
 */
public final class InstagramSimulator implements SimPlatform {

    private final InstagramWorld world;
    private final FaultScripts<InstagramOperation> faults = new FaultScripts<>(InstagramOperation.class);
    private final URI base;
    private final @Nullable SimHttpServer<InstagramOperation> server;
    private final SimTransport<InstagramOperation> transport;
    private volatile @Nullable URI deauthorizeUri;
    private volatile @Nullable URI deletionUri;

    private InstagramSimulator(Builder builder, boolean served) {
        AppRegistration app = new AppRegistration(builder.appId, builder.appSecret, builder.redirectUris);
        this.world = new InstagramWorld(
                builder.clock, app, builder.rules, builder.seed, fetcher(builder, served), builder.callbacks);
        InstagramVendor vendor = new InstagramVendor(world, this::baseUri);
        this.transport = new SimTransport<>(vendor, faults, world.ledger);
        this.server = served ? new SimHttpServer<>(vendor, faults, world.ledger) : null;
        this.base = server == null ? builder.base : server.baseUri();
    }

    private static MediaFetcher fetcher(Builder builder, boolean served) {
        MediaWeb web = builder.web;
        if (web != null) {
            return new WebFetcher(web);
        }
        return served
                ? new SocketFetcher("facebookexternalhit/1.1")
                : new WebFetcher(uri -> MediaWeb.Page.unreachable());
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

    /** {@return the Instagram app id} */
    public String appId() {
        return world.app.id();
    }

    /** {@return the Instagram app secret} */
    public String appSecret() {
        return world.app.secret();
    }

    /**
     * Registers one more redirect URI.
     *
     * @param redirectUri compared character for character
     */
    public void addRedirectUri(String redirectUri) {
        world.app.add(Objects.requireNonNull(redirectUri, "redirectUri"));
    }

    /**
     * Adds a person with a professional account.
     *
     * @param handle the handle, without the sign
     * @return the account, whose settings may be changed
     */
    public InstagramAccount addAccount(String handle) {
        return world.add(Objects.requireNonNull(handle, "handle"));
    }

    /**
     * Adds a person who signs in with Facebook, without any Page.
     *
     * @param name the name, unique
     * @return the person
     */
    public FacebookPerson addPerson(String name) {
        return world.facebook.addPerson(Objects.requireNonNull(name, "name"));
    }

    /**
     * Adds a Facebook Page on which nobody has a role yet.
     *
     * @param name the name
     * @param account the professional account linked to it, or null
     * @return the Page
     */
    public FacebookPage addPage(String name, @Nullable InstagramAccount account) {
        return world.facebook.addPage(Objects.requireNonNull(name, "name"), account);
    }

    /**
     * The person removes the app in Facebook's settings: their tokens and those of their Pages answer 190/458.
     *
     * @param person the person
     */
    public void removeApp(FacebookPerson person) {
        world.facebook.end(person, "removed by the person");
    }

    /**
     * Lets every authorization request be allowed at once by a person who is signed in.
     *
     * @param account the person's account
     */
    public void autoConsent(InstagramAccount account) {
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
     * Issues a long-lived token as if the person had allowed, without a browser and without the token endpoints.
     *
     * @param account the person's account
     * @param scopes what is granted; none means all permissions of the app
     * @return the token; this platform has no refresh token
     */
    public IssuedTokens issueTokens(InstagramAccount account, String... scopes) {
        Set<String> granted = scopes.length == 0 ? world.rules.appScopes : new TreeSet<>(List.of(scopes));
        return new IssuedTokens(world.grants.open(account, granted, true).value, "");
    }

    /** {@return the rules, to be changed at any time} */
    public InstagramRules rules() {
        return world.rules;
    }

    /** {@return the faults in store} */
    public Faults<InstagramOperation> faults() {
        return faults;
    }

    /** {@return what really happened} */
    public Ledger ledger() {
        return world.ledger;
    }

    /** {@return the delivery of callbacks} */
    public Webhooks webhooks() {
        return world.courier;
    }

    /**
     * Sets where the deauthorize callback goes; without it none is sent.
     *
     * @param uri the application's address
     */
    public void deauthorizeUri(URI uri) {
        deauthorizeUri = Objects.requireNonNull(uri, "uri");
    }

    /**
     * Sets where data deletion requests go; without it none is sent.
     *
     * @param uri the application's address
     */
    public void dataDeletionUri(URI uri) {
        deletionUri = Objects.requireNonNull(uri, "uri");
    }

    /**
     * The person removes the app in Instagram's settings: tokens answer 190/458 and the deauthorize callback is sent.
     *
     * @param account the person's account
     */
    public void removeApp(InstagramAccount account) {
        if (!world.grants.alive(account)) {
            return;
        }
        world.grants.end(account, "removed by the person");
        URI target = world.courier.target(deauthorizeUri);
        if (target != null) {
            world.signed("deauthorize", account, target);
        }
    }

    /**
     * The person asks for their data to be deleted: the data deletion callback is sent.
     *
     * @param account the person's account
     */
    public void requestDataDeletion(InstagramAccount account) {
        URI target = world.courier.target(deletionUri);
        if (target != null) {
            world.signed("data_deletion", account, target);
        }
    }

    /**
     * Ends the tokens of an account: 460 for a changed password, 463 for an early expiry, 467 for a logout.
     *
     * @param account the person's account
     * @param subcode what calls with code 190 answer from now on
     */
    public void invalidateTokens(InstagramAccount account, int subcode) {
        world.grants.invalidate(account, subcode);
    }

    /**
     * The person withdraws one permission and leaves the rest.
     *
     * @param account the person's account
     * @param scope what may no longer be done
     */
    public void withdrawScope(InstagramAccount account, String scope) {
        world.grants.withdraw(account, scope);
    }

    /**
     * Lets the next container end with status {@code ERROR}. May be called several times.
     *
     * @param subcode such as 2207026
     */
    public void failNextContainer(int subcode) {
        world.containers.failNext(subcode);
    }

    /**
     * Lets the next carousel item end with status {@code ERROR}. May be called several times.
     *
     * @param subcode such as 2207052
     */
    public void failNextItem(int subcode) {
        world.containers.failNextItem(subcode);
    }

    /** Lets the next container stay in progress until it is released or expires. May be called several times. */
    public void stickNextContainer() {
        world.containers.stickNext();
    }

    /** Lets the copyright check of the next container find a match. May be called several times. */
    public void matchNextContainer() {
        world.containers.matchNext();
    }

    /** Lets all containers that are stuck go on. */
    public void releaseContainers() {
        world.containers.release();
    }

    /**
     * Issues tokens of Facebook Login for a Page, as if the person had allowed, without a browser.
     *
     * @param person who has a role on the Page
     * @param page the Page, linked to a professional account
     * @return the Page's token; this platform has no refresh token
     */
    public IssuedTokens issuePageToken(FacebookPerson person, FacebookPage page) {
        return new IssuedTokens(world.facebook.grant(person, page, world.rules.facebookScopes), "");
    }

    /** {@return every secret that exists: app secret, codes, tokens; for hunting leaks} */
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

        private final InstagramRules rules = new InstagramRules();
        private final List<String> redirectUris = new ArrayList<>();
        private InstantSource clock = InstantSource.system();
        private String appId = "990602627938098";
        private String appSecret = "sim-app-secret";
        private long seed = 20261121;
        private URI base = URI.create("https://instagram.test");
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
         * @param id Instagram app id, digits; default {@code 990602627938098}
         * @param secret Instagram app secret; default {@code sim-app-secret}
         * @param redirectUri where callbacks may go; more can be added
         * @return this builder
         */
        public Builder app(String id, String secret, String redirectUri) {
            appId = Objects.requireNonNull(id, "id");
            appSecret = Objects.requireNonNull(secret, "secret");
            redirectUris.add(Objects.requireNonNull(redirectUri, "redirectUri"));
            return this;
        }

        /**
         * Sets the life of long-lived tokens; short for {@link InstagramRules#longTokenLife(Duration)}.
         *
         * @param life default almost 60 days
         * @return this builder
         */
        public Builder accessTokenLife(Duration life) {
            rules.longTokenLife(life);
            return this;
        }

        /**
         * Changes rules.
         *
         * @param change receives the rules
         * @return this builder
         */
        public Builder rules(Consumer<InstagramRules> change) {
            change.accept(rules);
            return this;
        }

        /**
         * Breaks a promise on purpose, for control runs: a container that reads {@code EXPIRED} or {@code ERROR} may
         * still post when it is published, and goes on reading dead.
         *
         * @return this builder
         */
        public Builder deadHandlesMayPost() {
            rules.deadHandlesMayPost = true;
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
         * @param uri without a slash at the end; default {@code https://instagram.test}
         * @return this builder
         */
        public Builder baseUri(URI uri) {
            base = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Makes a simulator without server, threads and sockets, to be reached through
         * {@link InstagramSimulator#transport()}.
         *
         * @return the simulator; takes well under a millisecond
         */
        public InstagramSimulator build() {
            return new InstagramSimulator(this, false);
        }

        /** {@return a simulator that serves already} */
        public InstagramSimulator start() {
            InstagramSimulator simulator = new InstagramSimulator(this, true);
            Objects.requireNonNull(simulator.server).start();
            return simulator;
        }
    }
}
