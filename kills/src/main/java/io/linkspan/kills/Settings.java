package io.linkspan.kills;

import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.event.LinkspanListener;
import io.linkspan.examples.MediaDirectory;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * What parent and worker must agree on to be one product: where the store, the platforms and the media are.
 *
 * @param store which store
 * @param address where it is: a directory, or a JDBC address
 * @param lateCommits whether the store lies about commits, to show that the check can fail
 * @param folder holds the media and the video
 * @param tiktok where TikTok is
 * @param instagram where Instagram is
 * @param media where the media server is
 */
record Settings(
        StoreKind store, String address, boolean lateCommits, Path folder, URI tiktok, URI instagram, URI media) {
    static final Owner OWNER = Owner.of("harbour", "mira");
    static final String TIKTOK_KEY = "kills-client-key";
    static final String TIKTOK_SECRET = "kills-client-secret";
    static final String TIKTOK_RETURN = "http://127.0.0.1:1/callback/tiktok";
    static final String INSTAGRAM_ID = "880011223355";
    static final String INSTAGRAM_SECRET = "kills-app-secret";
    static final String INSTAGRAM_RETURN = "http://127.0.0.1:1/callback/instagram";

    List<String> toArguments() {
        return List.of(
                store.name(),
                address,
                Boolean.toString(lateCommits),
                folder.toString(),
                tiktok.toString(),
                instagram.toString(),
                media.toString());
    }

    static Settings of(String[] arguments) {
        return new Settings(
                StoreKind.valueOf(arguments[0]),
                arguments[1],
                Boolean.parseBoolean(arguments[2]),
                Path.of(arguments[3]),
                URI.create(arguments[4]),
                URI.create(arguments[5]),
                URI.create(arguments[6]));
    }

    Path video() {
        return folder.resolve("sample.mp4");
    }

    StoreKind.Opened open() {
        return store.open(address);
    }

    /** Opens Linkspan as this product does; nothing in it is a secret of anyone's. */
    Linkspan linkspan(StoreKind.Opened stores, InstantSource clock, LinkspanListener listener) {
        return Linkspan.builder()
                .tokenStore(stores.tokens())
                .jobStore(lateCommits ? new LateCommits(stores.jobs()) : stores.jobs())
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(
                        TikTok.builder(TIKTOK_KEY, Secret.required("tiktok", TIKTOK_SECRET), URI.create(TIKTOK_RETURN))
                                .endpoints(TikTokEndpoints.of(tiktok, tiktok))
                                .audited(true)
                                .build())
                .platform(Instagram.withInstagramLogin(
                                INSTAGRAM_ID,
                                Secret.required("instagram", INSTAGRAM_SECRET),
                                URI.create(INSTAGRAM_RETURN))
                        .endpoints(InstagramEndpoints.allAt(instagram))
                        .build())
                .mediaHost(new MediaDirectory(folder.resolve("media"), media))
                .addListener(listener)
                .listenerExecutor(Runnable::run)
                .clock(clock)
                .jobLease(Duration.ofSeconds(1))
                .retryBase(Duration.ofMillis(20))
                .pollPause(Duration.ofMillis(20))
                .build();
    }

    /** Opens the product in this process for a moment, while no worker has the store. */
    <T> T withLinkspan(InstantSource clock, Function<Linkspan, T> use) {
        try (StoreKind.Opened stores = open();
                Linkspan linkspan = linkspan(stores, clock, event -> {})) {
            return use.apply(linkspan);
        }
    }
}
