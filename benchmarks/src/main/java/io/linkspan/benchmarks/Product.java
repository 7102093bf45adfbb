package io.linkspan.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectionId;
import io.linkspan.examples.MediaDirectory;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.publish.Post;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Stores;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/**
 * A product that publishes, as each of its processes opens it.
 *
 * @param database JDBC address
 * @param folder holds the media and the video
 * @param tiktok where TikTok is
 * @param instagram where Instagram is
 * @param media where the media server is
 */
record Product(String database, Path folder, URI tiktok, URI instagram, URI media) {
    static final Owner OWNER = Owner.of("harbour", "mira");
    static final String TIKTOK_KEY = "benchmark-client-key";
    static final String TIKTOK_SECRET = "benchmark-client-secret";
    static final String TIKTOK_RETURN = "http://127.0.0.1:1/callback/tiktok";
    static final String INSTAGRAM_ID = "880011223355";
    static final String INSTAGRAM_SECRET = "benchmark-app-secret";
    static final String INSTAGRAM_RETURN = "http://127.0.0.1:1/callback/instagram";

    List<String> toArguments() {
        return List.of(database, folder.toString(), tiktok.toString(), instagram.toString(), media.toString());
    }

    static Product of(String[] arguments) {
        return new Product(
                arguments[0],
                Path.of(arguments[1]),
                URI.create(arguments[2]),
                URI.create(arguments[3]),
                URI.create(arguments[4]));
    }

    /** As many connections as the worker has threads, and a few for the heartbeat and the polls. */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    Linkspan linkspan(Stores stores, InstantSource clock) {
        return Linkspan.builder()
                .stores(stores)
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder(TIKTOK_KEY, Secret.of(TIKTOK_SECRET), URI.create(TIKTOK_RETURN))
                        .endpoints(TikTokEndpoints.allAt(tiktok))
                        .audited(true)
                        .build())
                .platform(Instagram.withInstagramLogin(
                                INSTAGRAM_ID, Secret.of(INSTAGRAM_SECRET), URI.create(INSTAGRAM_RETURN))
                        .endpoints(InstagramEndpoints.allAt(instagram))
                        .build())
                .mediaHost(new MediaDirectory(folder.resolve("media"), media))
                .clock(clock)
                .pollPause(Duration.ofMillis(20))
                .build();
    }

    /** The sample video to one or more accounts; the text is the idempotency key, so that a ledger can be compared. */
    Post post(String key, ConnectionId... targets) {
        Post post = Post.video(folder.resolve("sample.mp4"))
                .caption(key)
                .options(
                        TikTok.PLATFORM,
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                                .build()
                                .toMap())
                .options(
                        Instagram.PLATFORM,
                        InstagramReelOptions.builder().build().toMap());
        for (ConnectionId target : targets) {
            post = post.to(target);
        }
        return post;
    }
}
