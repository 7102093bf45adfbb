package io.linkspan.kills;

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
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What outlives the workers: both platforms with their ledgers, and the media server. */
final class Outside implements AutoCloseable {
    private static final int MANY = 1_000_000;
    private static final String BROWSER = "browser-secret-of-mira";

    private final MediaServer media;
    private final TikTokSimulator tiktok;
    private final InstagramSimulator instagram;
    private final Path folder;

    /** The connections a post goes to: an account of the same name on each platform. */
    record Pair(String account, ConnectionId tiktok, ConnectionId instagram) {}

    Outside(Path folder, MovedClock clock) throws IOException {
        this(folder, clock, Duration.ZERO);
    }

    /**
     * With an Instagram that shows its posts late.
     *
     * @param lag how long a post shows neither at its container nor in the list
     */
    Outside(Path folder, MovedClock clock, Duration lag) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("media"));
        try (InputStream in = MediaServer.class.getResourceAsStream("/media/sample.mp4")) {
            if (in == null) {
                throw new IllegalStateException("the sample video is not in the examples");
            }
            Files.copy(in, folder.resolve("sample.mp4"), StandardCopyOption.REPLACE_EXISTING);
        }
        media = new MediaServer(folder.resolve("media"), 0, clock);
        // tokens outlive the run: TikTok replaces a refresh token at once, so a kill while a renewal is answered ends
        // the
        // connection and needs the person, which is promised otherwise than publishing
        tiktok = TikTokSimulator.builder()
                .clock(clock)
                .app(Settings.TIKTOK_KEY, Settings.TIKTOK_SECRET, Settings.TIKTOK_RETURN)
                .accessTokenLife(Duration.ofDays(390))
                .rules(rules -> rules.videoListLag(Duration.ZERO))
                .start();
        instagram = InstagramSimulator.builder()
                .clock(clock)
                .app(Settings.INSTAGRAM_ID, Settings.INSTAGRAM_SECRET, Settings.INSTAGRAM_RETURN)
                .rules(rules -> rules.containersPerDay(MANY)
                        .quotaTotal(MANY)
                        .publishedLag(lag)
                        .listLag(lag))
                .start();
    }

    Settings settings(StoreKind store, String address, boolean lateCommits) {
        return new Settings(store, address, lateCommits, folder, tiktok.baseUri(), instagram.baseUri(), media.base());
    }

    TikTokSimulator tiktok() {
        return tiktok;
    }

    InstagramSimulator instagram() {
        return instagram;
    }

    /** Connects accounts on both platforms, as a person does with a browser. */
    List<Pair> connect(Linkspan linkspan, int count) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "quay.studio." + i;
            tiktok.addAccount(name).postsPerDay(MANY);
            instagram.addAccount(name);
            pairs.add(new Pair(
                    name,
                    connect(linkspan, TikTok.PLATFORM, name, Settings.TIKTOK_RETURN),
                    connect(linkspan, Instagram.PLATFORM, name, Settings.INSTAGRAM_RETURN)));
        }
        return pairs;
    }

    private static ConnectionId connect(Linkspan linkspan, Platform platform, String account, String back) {
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(Settings.OWNER, platform, Intent.CROSS_POSTING)
                        .boundTo(BROWSER))
                .uri();
        String query = Browser.create().as(account).allow(page, back).getRawQuery();
        ConnectOutcome outcome = linkspan.connections().complete(query, BROWSER);
        if (outcome instanceof ConnectOutcome.Connected connected) {
            return connected.connection().id();
        }
        throw new IllegalStateException(outcome.describe());
    }

    /** Has the sender of one request killed; the name of its operation is told. */
    void killAt(Moment.AtRequest moment, Runnable kill, Consumer<String> operation) {
        AtomicInteger seen = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        tiktok.faults().drawnFrom(asked -> fault(moment, "TikTok ", asked, seen, done, kill, operation));
        instagram.faults().drawnFrom(asked -> fault(moment, "Instagram ", asked, seen, done, kill, operation));
    }

    private static Fault fault(
            Moment.AtRequest moment,
            String platform,
            Enum<?> asked,
            AtomicInteger seen,
            AtomicBoolean done,
            Runnable kill,
            Consumer<String> operation) {
        String wanted = moment.operation();
        if (wanted != null && !wanted.equals(asked.name())) {
            return Fault.none();
        }
        if (seen.incrementAndGet() != moment.number() || !done.compareAndSet(false, true)) {
            return Fault.none();
        }
        operation.accept(platform + asked.name());
        return switch (moment.how()) {
            case NEVER_ARRIVES -> Fault.followedBy(Fault.dropBefore(), kill);
            case BEFORE_EFFECT -> Fault.holdBefore(kill);
            case AFTER_EFFECT -> Fault.hold(kill);
        };
    }

    /** Kills nobody any more. */
    void calm() {
        tiktok.faults().clear();
        instagram.faults().clear();
    }

    @Override
    public void close() {
        instagram.close();
        tiktok.close();
        media.close();
    }
}
