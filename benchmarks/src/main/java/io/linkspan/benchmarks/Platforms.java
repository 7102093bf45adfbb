package io.linkspan.benchmarks;

import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.examples.MediaServer;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Both platforms without limits and with nothing to wait for, and the media server, in the process that measures. */
final class Platforms implements AutoCloseable {
    private static final int MANY = 1_000_000_000;
    private static final String BROWSER = "benchmark-browser-secret-0123456789";

    private final Path folder;
    private final MediaServer media;
    private final TikTokSimulator tiktok;
    private final InstagramSimulator instagram;

    /** The connections of one account name. */
    record Pair(String account, ConnectionId tiktok, ConnectionId instagram) {}

    Platforms(Path folder, InstantSource clock, Duration processing) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("media"));
        try (InputStream in = MediaServer.class.getResourceAsStream("/media/sample.mp4")) {
            if (in == null) {
                throw new IllegalStateException("the sample video is not in the examples");
            }
            Files.copy(in, folder.resolve("sample.mp4"), StandardCopyOption.REPLACE_EXISTING);
        }
        media = new MediaServer(folder.resolve("media"), 0, clock);
        tiktok = TikTokSimulator.builder()
                .clock(clock)
                .app(Product.TIKTOK_KEY, Product.TIKTOK_SECRET, Product.TIKTOK_RETURN)
                .rules(rules -> rules.rateLimits(false)
                        .auditedUsers(MANY)
                        .accessTokenLife(Duration.ofHours(24))
                        .statusGapReads(0)
                        .processingPolls(0)
                        .processingTime(processing)
                        .publicIdPolls(0)
                        .videoListLag(Duration.ZERO))
                .start();
        instagram = InstagramSimulator.builder()
                .clock(clock)
                .app(Product.INSTAGRAM_ID, Product.INSTAGRAM_SECRET, Product.INSTAGRAM_RETURN)
                .rules(rules -> rules.accountCalls(MANY)
                        .appCalls(MANY)
                        .containersPerDay(MANY)
                        .quotaTotal(MANY)
                        .containerGapReads(0)
                        .processingPolls(0)
                        .processingTime(processing)
                        .publishedLag(Duration.ZERO)
                        .listLag(Duration.ZERO))
                .start();
    }

    Product product(String database) {
        return new Product(database, folder, tiktok.baseUri(), instagram.baseUri(), media.base());
    }

    TikTokSimulator tiktok() {
        return tiktok;
    }

    InstagramSimulator instagram() {
        return instagram;
    }

    /** Connects accounts on both platforms, as a person does with a browser. */
    List<Pair> connect(Linkspan linkspan, String name, int count) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String account = name + "." + i;
            tiktok.addAccount(account).postsPerDay(MANY);
            instagram.addAccount(account);
            pairs.add(new Pair(
                    account,
                    connect(linkspan, TikTok.PLATFORM, account),
                    connect(linkspan, Instagram.PLATFORM, account)));
        }
        return pairs;
    }

    /** Connects an account, or connects it again. */
    ConnectionId connect(Linkspan linkspan, Platform platform, String account) {
        String back = platform.equals(TikTok.PLATFORM) ? Product.TIKTOK_RETURN : Product.INSTAGRAM_RETURN;
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(Product.OWNER, platform, Intent.CROSS_POSTING)
                        .boundTo(BROWSER))
                .uri();
        String query = Browser.create().as(account).allow(page, back).getRawQuery();
        ConnectOutcome outcome = linkspan.connections().complete(query, BROWSER);
        if (outcome instanceof ConnectOutcome.Connected connected) {
            return connected.connection().id();
        }
        throw new IllegalStateException(outcome.describe());
    }

    @Override
    public void close() {
        instagram.close();
        tiktok.close();
        media.close();
    }
}
