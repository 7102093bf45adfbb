package io.linkspan.examples;

import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.event.LinkspanListener;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.jdbc.H2FileStores;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Properties;

/**
 * The product in which Linkspan is embedded: its folder, its settings, and how it opens Linkspan. The web process and the
 * worker process open the same folder, one after the other, since the file store belongs to one process at a time.
 */
final class DemoHost {
    private static final String SETTINGS = "demo.properties";

    private final Path folder;
    private final Properties settings;
    private String key = System.getenv().getOrDefault("LINKSPAN_KEY", "");

    private DemoHost(Path folder, Properties settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** Writes the settings of a new demo. */
    static DemoHost create(Path folder, URI tiktok, URI tiktokApi, URI instagram, URI callbacks, URI media) {
        Properties settings = new Properties();
        settings.setProperty("tiktok", tiktok.toString());
        settings.setProperty("tiktok-api", tiktokApi.toString());
        settings.setProperty("instagram", instagram.toString());
        settings.setProperty("callbacks", callbacks.toString());
        settings.setProperty("media", media.toString());
        DemoHost host = new DemoHost(folder, settings);
        try {
            Files.createDirectories(folder);
            host.newKey();
            try (OutputStream out = Files.newOutputStream(folder.resolve(SETTINGS))) {
                settings.store(out, "addresses of the demo; no secrets");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the folder " + folder + " cannot be used; give a writable one with --data", e);
        }
        return host;
    }

    /** Reads the settings of a running demo. */
    static DemoHost open(Path folder) {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve(SETTINGS))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("no demo in " + folder, e);
        }
        return new DemoHost(folder, settings);
    }

    /** A product keeps this key in its secret store; the demo makes one and hands it to its worker by environment. */
    private void newKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = Base64.getEncoder().encodeToString(random);
    }

    String key() {
        return key;
    }

    Path folder() {
        return folder;
    }

    private URI address(String name) {
        return URI.create(settings.getProperty(name));
    }

    /** A product has its secrets from the environment; the demo's are made up unless the environment says otherwise. */
    private static Secret secret(String name, String demo) {
        return Secret.required(name, System.getenv().getOrDefault(name, demo));
    }

    URI tiktokRedirect() {
        return address("callbacks").resolve("/callback/tiktok");
    }

    URI instagramRedirect() {
        return address("callbacks").resolve("/callback/instagram");
    }

    H2FileStores stores() {
        return JdbcStores.h2File(folder.resolve("store"));
    }

    Linkspan linkspan(H2FileStores stores, InstantSource clock, LinkspanListener listener) {
        return Linkspan.builder()
                .stores(stores)
                .keys(LocalKeys.fromBase64(key))
                .platform(TikTok.builder(
                                Quickstart.TIKTOK_KEY,
                                secret("TIKTOK_CLIENT_SECRET", Quickstart.TIKTOK_SECRET),
                                tiktokRedirect())
                        .endpoints(TikTokEndpoints.of(address("tiktok"), address("tiktok-api")))
                        .audited(true)
                        .build())
                .platform(Instagram.withInstagramLogin(
                                Quickstart.INSTAGRAM_ID,
                                secret("INSTAGRAM_APP_SECRET", Quickstart.INSTAGRAM_SECRET),
                                instagramRedirect())
                        .endpoints(InstagramEndpoints.allAt(address("instagram")))
                        .build())
                .mediaHost(new MediaDirectory(folder.resolve("media"), address("media")))
                .addListener(listener)
                .clock(clock)
                .jobLease(Duration.ofSeconds(3))
                .retryBase(Duration.ofMillis(100))
                .pollPause(Duration.ofMillis(100))
                .build();
    }
}
