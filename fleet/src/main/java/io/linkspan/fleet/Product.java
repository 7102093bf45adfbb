package io.linkspan.fleet;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.event.LinkspanListener;
import io.linkspan.examples.MediaDirectory;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * What all processes of the fleet must agree on to be one product, and the name of this one.
 *
 * @param node the name of the process
 * @param threads how many jobs it does at once
 * @param database address of the database
 * @param tiktok where TikTok is
 * @param instagram where Instagram is
 * @param media where the media server is
 * @param folder holds the media and the video
 */
record Product(String node, int threads, String database, URI tiktok, URI instagram, URI media, Path folder) {
    static final String TIKTOK_KEY = "fleet-client-key";
    static final String TIKTOK_SECRET = "fleet-client-secret";
    static final String TIKTOK_RETURN = "http://127.0.0.1:1/callback/tiktok";
    static final String INSTAGRAM_ID = "880011223355";
    static final String INSTAGRAM_SECRET = "fleet-app-secret";
    static final String INSTAGRAM_RETURN = "http://127.0.0.1:1/callback/instagram";
    private static final int TENANTS = 20;

    List<String> toArguments() {
        return List.of(
                node,
                Integer.toString(threads),
                database,
                tiktok.toString(),
                instagram.toString(),
                media.toString(),
                folder.toString());
    }

    static Product of(String[] arguments) {
        return new Product(
                arguments[0],
                Integer.parseInt(arguments[1]),
                arguments[2],
                URI.create(arguments[3]),
                URI.create(arguments[4]),
                URI.create(arguments[5]),
                Path.of(arguments[6]));
    }

    Product named(String next, int nextThreads) {
        return new Product(next, nextThreads, database, tiktok, instagram, media, folder);
    }

    /** Whose the n-th connection is; some tenants have many. */
    static Owner owner(int number) {
        return Owner.of("tenant-" + number % TENANTS, "user-" + number);
    }

    Path video() {
        return folder.resolve("sample.mp4");
    }

    /** Connections that notice within seconds that a primary is gone. */
    HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Duration.ofSeconds(2).toMillis());
        config.setInitializationFailTimeout(Duration.ofMinutes(2).toMillis());
        return new HikariDataSource(config);
    }

    /** Opens Linkspan at its defaults; nothing in it is a secret of anyone's. */
    Linkspan linkspan(JdbcStores stores, LinkspanListener listener) {
        return Linkspan.builder()
                .stores(stores)
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
                .node(node)
                .workerThreads(threads)
                .build();
    }
}
