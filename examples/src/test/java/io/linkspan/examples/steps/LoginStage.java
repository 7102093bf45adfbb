package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.link.Intent;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Both simulators and a Linkspan with every way to sign in, for tests that end with the connection. */
final class LoginStage implements AutoCloseable {
    static final Owner OWNER = Owner.of("harbour", "mira");
    static final String SECRET = "browser-secret-of-mira";
    static final String APP = "990602627938098";
    static final String APP_SECRET = "stage-app-secret";
    static final String KEY = "stage-client-key";
    static final String TIKTOK_RETURN = "http://127.0.0.1:1/callback/tiktok";
    static final String INSTAGRAM_RETURN = "http://127.0.0.1:1/callback/instagram";
    static final String DESKTOP = "http://127.0.0.1:*/callback/";
    static final String MOBILE = "https://app.example.com/tiktok";

    final SettableClock clock = SettableClock.at("2026-03-02T09:00:00Z");
    final InMemoryStores stores = InMemoryStores.create();
    final List<LinkspanEvent> events = new CopyOnWriteArrayList<>();
    final TikTokSimulator tiktok = TikTokSimulator.builder()
            .clock(clock)
            .app(KEY, "stage-client-secret", TIKTOK_RETURN)
            .start();
    final InstagramSimulator instagram = InstagramSimulator.builder()
            .clock(clock)
            .app(APP, APP_SECRET, INSTAGRAM_RETURN)
            .start();
    final Linkspan linkspan;
    final boolean facebookLogin;
    private final KeyProvider keys;

    LoginStage(boolean facebookLogin) {
        this(facebookLogin, LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])));
    }

    LoginStage(boolean facebookLogin, KeyProvider keys) {
        this.keys = keys;
        this.facebookLogin = facebookLogin;
        tiktok.addRedirectUri(DESKTOP);
        tiktok.addRedirectUri(MOBILE);
        linkspan = open(KEY, facebookLogin);
    }

    Linkspan open(String clientKey, boolean facebookLogin) {
        Secret appSecret = Secret.of(APP_SECRET);
        InstagramEndpoints graph = InstagramEndpoints.allAt(instagram.baseUri());
        return Linkspan.builder()
                .stores(stores)
                .keys(keys)
                .platform(TikTok.builder(clientKey, Secret.of("stage-client-secret"), URI.create(TIKTOK_RETURN))
                        .endpoints(TikTokEndpoints.allAt(tiktok.baseUri()))
                        .displayApi(true)
                        .desktopRedirect(DESKTOP)
                        .mobileRedirect(URI.create(MOBILE))
                        .build())
                .platform(
                        facebookLogin
                                ? Instagram.withFacebookLogin(APP, appSecret, URI.create(INSTAGRAM_RETURN))
                                        .endpoints(graph)
                                        .build()
                                : Instagram.withInstagramLogin(APP, appSecret, URI.create(INSTAGRAM_RETURN))
                                        .endpoints(graph)
                                        .build())
                .listenerExecutor(Runnable::run)
                .addListener(events::add)
                .clock(clock)
                .retryBase(Duration.ofMillis(1))
                .build();
    }

    static ConnectRequest asking(Platform platform) {
        return ConnectRequest.of(OWNER, platform, Intent.BOTH).boundTo(SECRET);
    }

    static String returnOf(Platform platform) {
        return platform.equals(TikTok.PLATFORM) ? TIKTOK_RETURN : INSTAGRAM_RETURN;
    }

    String allow(Browser browser, ConnectRequest request) {
        return browser.allow(linkspan.connections().connect(request).uri(), returnOf(request.platform()))
                .getRawQuery();
    }

    ConnectOutcome complete(String query) {
        return linkspan.connections().complete(query, SECRET);
    }

    ConnectOutcome signIn(String name, ConnectRequest request) {
        return complete(allow(Browser.create().as(name), request));
    }

    static Connection connected(ConnectOutcome outcome) {
        return assertInstanceOf(ConnectOutcome.Connected.class, outcome, outcome::describe)
                .connection();
    }

    static Reason reason(ConnectOutcome outcome) {
        return assertInstanceOf(ConnectOutcome.Refused.class, outcome, outcome::describe)
                .reason();
    }

    /** The connections as stored, to the byte. */
    List<StoredRecord> records() {
        return stores.tokens().page(OWNER.tenant(), RecordKind.CONNECTION, OWNER.user(), "", 100);
    }

    List<String> ended() {
        return events.stream()
                .filter(LinkspanEvent.ConnectEnded.class::isInstance)
                .map(event -> ((LinkspanEvent.ConnectEnded) event).action())
                .toList();
    }

    @Override
    public void close() {
        linkspan.close();
        instagram.close();
        tiktok.close();
    }
}
