package io.linkspan.benchmarks;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.link.Intent;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.tiktok.TikTokOperation;
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
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the requests that publishing one video makes at the TikTok simulator, next to what the protocol needs. */
final class UploadRequests {
    private static final String REDIRECT = "https://app.example.com/callback/tiktok";
    private static final String SECRET = "benchmark-client-secret";
    private static final String BROWSER = "benchmark-browser-secret-0123456789";
    private static final long MEDIA = 200_000_000;
    private static final long CHUNK = 32_000_000;

    private UploadRequests() {}

    static void run(Path folder) throws IOException {
        Path video = Movies.write(folder.resolve("publish.mp4"), 1_800, 2_800, MEDIA, true);
        SettableClock clock = SettableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
        try (TikTokSimulator simulator = TikTokSimulator.builder()
                .clock(clock)
                .app("benchmark-key", SECRET, REDIRECT)
                .start()) {
            publish(simulator, clock, video);
        } finally {
            Files.deleteIfExists(video);
        }
    }

    private static void publish(TikTokSimulator simulator, SettableClock clock, Path video) throws IOException {
        simulator.addAccount("demo");
        Linkspan linkspan = Linkspan.builder()
                .stores(InMemoryStores.create())
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder("benchmark-key", Secret.of(SECRET), URI.create(REDIRECT))
                        .endpoints(TikTokEndpoints.allAt(simulator.baseUri()))
                        .audited(true)
                        .build())
                .clock(clock)
                .build();
        Owner owner = Owner.of("benchmark", "user");
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(owner, TikTok.PLATFORM, Intent.CROSS_POSTING)
                        .boundTo(BROWSER))
                .uri();
        String query = Browser.create().as("demo").allow(page, REDIRECT).getRawQuery();
        ConnectOutcome outcome = linkspan.connections().complete(query, BROWSER);
        if (!(outcome instanceof ConnectOutcome.Connected connected)) {
            throw new IllegalStateException(outcome.describe());
        }
        linkspan.worker().runDue(); // the first look at the connection
        Map<String, Long> before = simulator.ledger().counts();
        Post post = Post.video(video)
                .options(
                        TikTok.PLATFORM,
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY)
                                .build()
                                .toMap())
                .to(connected.connection().id());
        Publication publication = linkspan.publisher().submit(owner, "upload", post);
        for (int step = 0; step < 100 && !settled(linkspan, owner, publication); step++) {
            linkspan.worker().runDue();
            clock.advance(Duration.ofSeconds(2));
        }
        print(simulator, before, Files.size(video), settled(linkspan, owner, publication));
    }

    private static boolean settled(Linkspan linkspan, Owner owner, Publication publication) {
        return linkspan.publisher().find(owner, publication.id()).orElseThrow().jobs().stream()
                .allMatch(job -> job.state().phase().terminal());
    }

    private static void print(TikTokSimulator simulator, Map<String, Long> before, long size, boolean settled) {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put(TikTokOperation.CREATOR_INFO.name(), "2, for the checks of submit and right before the post");
        needed.put(TikTokOperation.VIDEO_INIT.name(), "1");
        needed.put(TikTokOperation.UPLOAD.name(), Long.toString(size / CHUNK));
        needed.put(TikTokOperation.STATUS.name(), "1, and 1 for each look while TikTok is processing");
        System.out.printf(
                "%nrequests of publishing one video of %,d bytes to the TikTok simulator (%d posts)%n",
                size, simulator.ledger().posts().size());
        System.out.printf("  %-16s %8s  %s%n", "operation", "requests", "the protocol needs");
        Map<String, Long> after = simulator.ledger().counts();
        after.forEach((operation, count) -> {
            long own = count - before.getOrDefault(operation, 0L);
            if (own > 0) {
                System.out.printf("  %-16s %8d  %s%n", operation, own, needed.getOrDefault(operation, "0"));
            }
        });
        if (!settled || simulator.ledger().posts().size() != 1) {
            throw new IllegalStateException("the video was not published once");
        }
    }
}
