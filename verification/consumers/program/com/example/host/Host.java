package com.example.host;

import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.jdbc.H2FileStores;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.link.AccountLink;
import io.linkspan.link.Intent;
import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.Verdict;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.MediaWeb;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * What an application does with Linkspan, on whatever class path it is started: connect two accounts, check a video,
 * publish it to both, disconnect. The exit code is 0 only if everything came out as it should.
 */
public final class Host {
    private static final Owner OWNER = Owner.of("acme", "mira");
    private static final String BROWSER_SECRET = "a-browser-session-0123456789";
    private static final String CALLBACK = "http://127.0.0.1:9/callback/";

    private final Linkspan linkspan;

    private Host(Linkspan linkspan) {
        this.linkspan = linkspan;
    }

    /**
     * Runs the program.
     *
     * @param args the video
     * @throws Exception if something does not come out as it should
     */
    public static void main(String[] args) throws Exception {
        HostJackson.check();
        Links.check();
        run(Path.of(args[0]));
        System.exit(0); // does not wait for threads of the host's libraries
    }

    private static void run(Path video) throws IOException {
        byte[] bytes = Files.readAllBytes(video);
        Path folder = Files.createTempDirectory("consumer");
        try (TikTokSimulator tiktok = TikTokSimulator.builder()
                        .app("key", "secret-of-tiktok", CALLBACK + "tiktok")
                        .start();
                InstagramSimulator instagram = InstagramSimulator.builder()
                        .app("990602627938098", "secret-of-instagram", CALLBACK + "instagram")
                        .rules(rules -> rules.publishedLag(Duration.ofMillis(10)).listLag(Duration.ofMillis(10)))
                        .media(uri -> MediaWeb.Page.of(bytes))
                        .start();
                H2FileStores stores = JdbcStores.h2File(folder.resolve("store"));
                Linkspan linkspan = open(stores, tiktok.baseUri(), instagram.baseUri())) {
            tiktok.addAccount("quay.studio");
            instagram.addAccount("quay.studio");
            new Host(linkspan).everything(video);
            expect(tiktok.ledger().posts().size() == 1, "TikTok shows one post");
            expect(instagram.ledger().posts().size() == 1, "Instagram shows one post");
        }
    }

    private static Linkspan open(H2FileStores stores, URI tiktok, URI instagram) {
        return Linkspan.builder()
                .stores(stores)
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder("key", Secret.of("secret-of-tiktok"), URI.create(CALLBACK + "tiktok"))
                        .endpoints(TikTokEndpoints.of(tiktok, tiktok))
                        .audited(true)
                        .build())
                .platform(Instagram.withInstagramLogin(
                                "990602627938098", Secret.of("secret-of-instagram"), URI.create(CALLBACK + "instagram"))
                        .endpoints(InstagramEndpoints.allAt(instagram))
                        .build())
                .mediaHost(new Shown())
                .pullCheck(false)
                .pollPause(Duration.ofMillis(50))
                .retryBase(Duration.ofMillis(50))
                .build();
    }

    private void everything(Path video) {
        ConnectionId tiktok = connect(TikTok.PLATFORM, CALLBACK + "tiktok");
        ConnectionId instagram = connect(Instagram.PLATFORM, CALLBACK + "instagram");
        AccountLink link = linkspan.links().link(OWNER, tiktok, instagram, Intent.BOTH);
        expect(Preflight.check(video).verdict() != Verdict.BLOCKED, "preflight takes the video");
        Post post = Post.video(video)
                .caption("First crossing of the day #harbour")
                .options(TikTok.PLATFORM, TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                        .build()
                        .toMap())
                .options(Instagram.PLATFORM, InstagramReelOptions.builder().build().toMap())
                .to(link);
        Publication publication = linkspan.publisher().submit(OWNER, "crossing", post);
        linkspan.worker().start();
        publication = settled(publication);
        expect(
                publication.jobs().stream().allMatch(job -> job.state().phase() == PublishState.Phase.PUBLISHED),
                "both are published: " + publication.explain().toJson());
        for (ConnectionId id : List.of(tiktok, instagram)) {
            linkspan.connections().disconnect(OWNER, id, Disconnect.everywhere("mira asked"));
            Connection after = linkspan.connections().find(OWNER, id).orElseThrow();
            expect(after.status().kind() != ConnectionStatus.Kind.AUTHORIZED, after.platform() + " is disconnected");
        }
    }

    private ConnectionId connect(Platform platform, String callback) {
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(OWNER, platform, Intent.BOTH).boundTo(BROWSER_SECRET))
                .uri();
        URI back = Browser.create().allow(page, callback);
        ConnectOutcome outcome = linkspan.connections().complete(back.getRawQuery(), BROWSER_SECRET);
        if (!(outcome instanceof ConnectOutcome.Connected connected)) {
            throw new IllegalStateException(platform + ": " + outcome.describe());
        }
        return connected.connection().id();
    }

    private Publication settled(Publication publication) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Publication now = publication;
        while (System.nanoTime() < end
                && !now.jobs().stream().allMatch(job -> job.state().phase() == PublishState.Phase.PUBLISHED)) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            now = linkspan.publisher().find(OWNER, publication.id()).orElseThrow();
        }
        return now;
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not so: " + what);
        }
    }

    /** Hands out addresses; the simulator finds the video at each of them. */
    private static final class Shown implements MediaHost {
        @Override
        public URI issue(String attempt, MediaSource media, String contentType) {
            return URI.create("https://media.example.com/" + attempt);
        }

        @Override
        public Served withdraw(String attempt) {
            return Served.NOTHING;
        }
    }
}
