package io.linkspan.examples.edge;

import io.linkspan.Linkspan;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.link.AccountLink;
import io.linkspan.link.Intent;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.SimNetwork;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Both simulators in this process and a host whose parts can fail: two linked accounts, the access token of the first ended, and a
 * publication that waits.
 */
final class EdgeWorld implements AutoCloseable {
    static final Owner OWNER = Owner.of("harbour", "mira");
    static final String BROWSER = "browser-secret-of-mira";

    private static final Secret TIKTOK_SECRET = Secret.of("edge-client-secret");
    private static final Secret INSTAGRAM_SECRET = Secret.of("edge-app-secret");
    private static final URI TIKTOK_RETURN = URI.create("https://app.test/callback/tiktok");
    private static final URI INSTAGRAM_RETURN = URI.create("https://app.test/callback/instagram");

    final SettableClock clock = SettableClock.at("2026-03-02T09:00:00Z");
    final HostParts host = new HostParts(clock);
    final TikTokSimulator tiktok;
    final InstagramSimulator instagram;
    final TikTokAccount creator;
    final InstagramAccount professional;
    final Linkspan linkspan;
    final ConnectionId tiktokConnection;
    final ConnectionId instagramConnection;
    final AccountLink link;
    final Publication waiting;
    private final SimNetwork network;

    EdgeWorld() {
        tiktok = TikTokSimulator.builder()
                .clock(clock)
                .app("edge-key", TIKTOK_SECRET.reveal(), TIKTOK_RETURN.toString())
                .build();
        instagram = InstagramSimulator.builder()
                .clock(clock)
                .app("880011223344", INSTAGRAM_SECRET.reveal(), INSTAGRAM_RETURN.toString())
                .build();
        network = SimNetwork.of(tiktok, instagram);
        creator = tiktok.addAccount("quay.studio");
        professional = instagram.addAccount("quay.studio");
        linkspan = Linkspan.builder()
                .tokenStore(host.tokens())
                .jobStore(host.jobs())
                .keys(host.keys())
                .mediaStore(host.media())
                .platform(TikTok.builder("edge-key", TIKTOK_SECRET, TIKTOK_RETURN)
                        .endpoints(TikTokEndpoints.allAt(tiktok.baseUri()))
                        .audited(true)
                        .displayApi(true)
                        .mobileRedirect(URI.create("https://app.test/mobile"))
                        .build())
                .platform(Instagram.withInstagramLogin("880011223344", INSTAGRAM_SECRET, INSTAGRAM_RETURN)
                        .endpoints(InstagramEndpoints.allAt(instagram.baseUri()))
                        .build())
                .transport(host.network(network))
                .addListener(host.listener())
                .listenerExecutor(Runnable::run)
                .meter(host.meter())
                .clock(clock)
                .retryBase(Duration.ZERO)
                .build();
        tiktokConnection = connected(TikTok.PLATFORM);
        instagramConnection = connected(Instagram.PLATFORM);
        link = linkspan.links().link(OWNER, tiktokConnection, instagramConnection, Intent.BOTH);
        waiting = linkspan.publisher().submit(OWNER, "waiting", post());
        clock.advance(Duration.ofHours(25)); // TikTok's access token has ended
    }

    static ConnectRequest asking(Platform platform) {
        return ConnectRequest.of(OWNER, platform, Intent.BOTH).boundTo(BROWSER);
    }

    /** The query of a callback that was allowed. */
    String callback(Platform platform) {
        if (platform.equals(TikTok.PLATFORM)) {
            tiktok.autoConsent(creator);
        } else {
            instagram.autoConsent(professional);
        }
        URI page = linkspan.connections().connect(asking(platform)).uri();
        HttpResult answer = network.exchange(HttpCall.of("browser.consent", CallClass.READ, "GET", page));
        return URI.create(((HttpResult.Answered) answer).header("Location").orElseThrow())
                .getRawQuery();
    }

    private ConnectionId connected(Platform platform) {
        ConnectOutcome outcome = linkspan.connections().complete(callback(platform), BROWSER);
        return ((ConnectOutcome.Connected) outcome).connection().id();
    }

    Post post() {
        return Post.video(Media.stored("sample"))
                .caption("First crossing of the day")
                .options(
                        TikTok.PLATFORM,
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                                .build()
                                .toMap())
                .options(
                        Instagram.PLATFORM,
                        InstagramReelOptions.builder().build().toMap())
                .to(tiktokConnection);
    }

    /** Whether a renewal was begun and not ended. */
    boolean hasIntent() {
        return host.inside().tokens().page(OWNER.tenant(), RecordKind.CONNECTION, OWNER.user(), "", 100).stream()
                .map(record -> new String(record.payload(), StandardCharsets.UTF_8))
                .anyMatch(payload -> payload.contains("REFRESHING"));
    }

    /** What every platform may have of each post: one. */
    List<Integer> posts() {
        return List.of(
                tiktok.ledger().posts().size(), instagram.ledger().posts().size());
    }

    /** The worker of this process goes on. */
    void goOn() {
        for (int round = 0; round < 5; round++) {
            clock.advance(Duration.ofMinutes(3));
            linkspan.worker().runDue();
        }
    }

    @Override
    public void close() {
        linkspan.close();
        instagram.close();
        tiktok.close();
    }
}
