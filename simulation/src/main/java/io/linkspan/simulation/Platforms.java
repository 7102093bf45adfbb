package io.linkspan.simulation;

import io.linkspan.Platform;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramRules;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.sim.SimNetwork;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokRules;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Both platforms without sockets, as nasty as they may legally be, with an account of each tenant on both. */
final class Platforms {
    static final Platform TIKTOK = TikTok.PLATFORM;
    static final Platform INSTAGRAM = Instagram.PLATFORM;
    static final String TIKTOK_KEY = "simulation-client-key";

    private static final Secret TIKTOK_SECRET = Secret.of("simulation-client-secret");
    private static final String INSTAGRAM_ID = "880011223344";
    private static final Secret INSTAGRAM_SECRET = Secret.of("simulation-app-secret");
    private static final URI TIKTOK_RETURN = URI.create("https://app.test/callback/tiktok");
    private static final URI INSTAGRAM_RETURN = URI.create("https://app.test/callback/instagram");

    final TikTokSimulator tiktok;
    final InstagramSimulator instagram;
    final HttpTransport network;
    private final List<TikTokAccount> creators = new ArrayList<>();
    private final List<InstagramAccount> professionals = new ArrayList<>();
    private final TikTok tiktokAdapter;
    private final Instagram instagramAdapter;

    Platforms(Scenario scenario, SettableClock clock, PublicMedia media, Mailbox mailbox) {
        TikTokSimulator.Builder one = TikTokSimulator.builder()
                .clock(clock)
                .app(TIKTOK_KEY, TIKTOK_SECRET.reveal(), TIKTOK_RETURN.toString())
                .seed(Mix.of(scenario.seed(), 11))
                .rules(rules -> vary(scenario.seed(), rules))
                .callbacks(mailbox.receiver(TIKTOK))
                .media(media);
        InstagramSimulator.Builder other = InstagramSimulator.builder()
                .clock(clock)
                .app(INSTAGRAM_ID, INSTAGRAM_SECRET.reveal(), INSTAGRAM_RETURN.toString())
                .seed(Mix.of(scenario.seed(), 12))
                .rules(rules -> vary(scenario.seed(), rules))
                .callbacks(mailbox.receiver(INSTAGRAM))
                .media(media);
        if (scenario.deadHandlesMayPost()) {
            one.deadHandlesMayPost();
            // so that handles die while a history lasts
            other.deadHandlesMayPost().rules(rules -> rules.containerLife(Duration.ofMinutes(20)));
        }
        this.tiktok = one.build();
        this.instagram = other.build();
        this.network = SimNetwork.of(tiktok, instagram);
        for (Tenants tenant : Tenants.values()) {
            creators.add(tiktok.addAccount(tenant.account()));
            professionals.add(instagram.addAccount(tenant.account()));
        }
        this.tiktokAdapter = TikTok.builder(TIKTOK_KEY, TIKTOK_SECRET, TIKTOK_RETURN)
                .endpoints(TikTokEndpoints.allAt(tiktok.baseUri()))
                .audited(true)
                .build();
        this.instagramAdapter = Instagram.withInstagramLogin(INSTAGRAM_ID, INSTAGRAM_SECRET, INSTAGRAM_RETURN)
                .endpoints(InstagramEndpoints.allAt(instagram.baseUri()))
                .build();
    }

    private static void vary(long seed, TikTokRules rules) {
        rules.verifiedPrefixes(PublicMedia.BASE)
                .pendingShares(100)
                .processingPolls(Mix.below(4, seed, 21))
                .statusGapReads(Mix.below(4, seed, 22))
                .gapInMessage(Mix.below(2, seed, 23) == 0)
                .publicIds(Mix.below(3, seed, 24) != 0)
                .acceptResentChunk(Mix.below(2, seed, 25) == 0);
        if (Mix.below(3, seed, 26) == 0) {
            rules.processingTime(Duration.ofSeconds(Mix.below(1_200, seed, 27)));
        }
    }

    private static void vary(long seed, InstagramRules rules) {
        rules.processingPolls(Mix.below(4, seed, 31))
                .containerGapReads(Mix.below(3, seed, 32))
                .refreshKeepsToken(Mix.below(2, seed, 33) == 0)
                .publishedLag(Duration.ofSeconds(Mix.below(300, seed, 34)))
                .listLag(Duration.ofSeconds(Mix.below(600, seed, 35)))
                .mediaGap(Duration.ofSeconds(Mix.below(60, seed, 36)));
        if (Mix.below(3, seed, 37) == 0) {
            rules.processingTime(Duration.ofSeconds(Mix.below(600, seed, 38)));
        }
    }

    PlatformAdapter tiktokAdapter() {
        return tiktokAdapter;
    }

    PlatformAdapter instagramAdapter() {
        return instagramAdapter;
    }

    Ledger ledger(Platform platform) {
        return platform.equals(TIKTOK) ? tiktok.ledger() : instagram.ledger();
    }

    /** The person of a tenant will allow the next consent. */
    void consent(Tenants tenant, Platform platform) {
        if (platform.equals(TIKTOK)) {
            tiktok.autoConsent(creators.get(tenant.index()));
        } else {
            instagram.autoConsent(professionals.get(tenant.index()));
        }
    }

    /** Access tokens end before their time; on Instagram that ends the connection. */
    void endTokens(Tenants tenant, Platform platform) {
        if (platform.equals(TIKTOK)) {
            tiktok.invalidateAccessTokens(creators.get(tenant.index()));
        } else {
            instagram.invalidateTokens(professionals.get(tenant.index()), 460);
        }
    }

    /** The person removes the app. */
    void removeApp(Tenants tenant, Platform platform) {
        if (platform.equals(TIKTOK)) {
            tiktok.removeApp(creators.get(tenant.index()));
        } else {
            instagram.removeApp(professionals.get(tenant.index()));
        }
    }

    /** The platform will find fault with the next media it gets. */
    void rejectNext(Platform platform) {
        if (platform.equals(TIKTOK)) {
            tiktok.failNextPublish("file_format_check_failed");
        } else {
            instagram.failNextContainer(2207026);
        }
    }

    /** What the platforms do without being asked: processing goes on, and messages set out. */
    void goOn() {
        tiktok.settle();
    }
}
