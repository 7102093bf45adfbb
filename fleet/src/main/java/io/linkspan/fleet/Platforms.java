package io.linkspan.fleet;

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
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What outlives the workers: both platforms with their ledgers, which answer at once, and the media server. */
final class Platforms implements AutoCloseable {
    private static final int MANY = 1_000_000;
    private static final String BROWSER = "browser-secret-of-the-fleet";

    private final MediaServer media;
    private final TikTokSimulator tiktok;
    private final InstagramSimulator instagram;
    private final Path folder;

    /**
     * A connection of the run.
     *
     * @param number from 0; the even ones are on TikTok
     * @param id its id
     * @param platform where
     * @param account its handle there
     */
    record Target(int number, ConnectionId id, Platform platform, String account) {}

    Platforms(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("media"));
        try (InputStream in = MediaServer.class.getResourceAsStream("/media/sample.mp4")) {
            if (in == null) {
                throw new IllegalStateException("the sample video is not in the examples");
            }
            Files.copy(in, folder.resolve("sample.mp4"), StandardCopyOption.REPLACE_EXISTING);
        }
        media = new MediaServer(folder.resolve("media"), 0, Clock.systemUTC());
        tiktok = TikTokSimulator.builder()
                .app(Product.TIKTOK_KEY, Product.TIKTOK_SECRET, Product.TIKTOK_RETURN)
                .accessTokenLife(Duration.ofDays(390))
                .rules(rules -> rules.videoListLag(Duration.ZERO)
                        .processingPolls(0)
                        .processingTime(Duration.ZERO)
                        .publicIdPolls(0)
                        .publishingUsers(MANY))
                .start();
        instagram = InstagramSimulator.builder()
                .app(Product.INSTAGRAM_ID, Product.INSTAGRAM_SECRET, Product.INSTAGRAM_RETURN)
                .rules(rules -> rules.containersPerDay(MANY)
                        .quotaTotal(MANY)
                        .publishedLag(Duration.ZERO)
                        .listLag(Duration.ZERO)
                        .processingPolls(0)
                        .processingTime(Duration.ZERO))
                .start();
    }

    Product product(String database) {
        return new Product("driver", 1, database, tiktok.baseUri(), instagram.baseUri(), media.base(), folder);
    }

    Ledger ledger(Platform platform) {
        return platform.equals(TikTok.PLATFORM) ? tiktok.ledger() : instagram.ledger();
    }

    /** Connects accounts, half of them on each platform, as people do with browsers. */
    List<Target> connect(Linkspan linkspan, int count) {
        List<Target> targets = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String account = "fleet.account." + number;
            boolean even = number % 2 == 0;
            if (even) {
                tiktok.addAccount(account).postsPerDay(MANY);
            } else {
                instagram.addAccount(account);
            }
            Platform platform = even ? TikTok.PLATFORM : Instagram.PLATFORM;
            String back = even ? Product.TIKTOK_RETURN : Product.INSTAGRAM_RETURN;
            targets.add(new Target(number, connect(linkspan, number, platform, account, back), platform, account));
        }
        return targets;
    }

    private static ConnectionId connect(Linkspan linkspan, int number, Platform platform, String account, String back) {
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(Product.owner(number), platform, Intent.CROSS_POSTING)
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
