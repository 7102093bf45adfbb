package io.linkspan.examples;

import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.instagram.Instagram;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.link.AccountLink;
import io.linkspan.link.Intent;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/** The program of the README, in three parts as a product calls them. */
public final class FifteenLines {
    private static final URI TIKTOK_CALLBACK = URI.create("https://app.example.com/callback/tiktok");
    private static final URI INSTAGRAM_CALLBACK = URI.create("https://app.example.com/callback/instagram");

    private FifteenLines() {}

    /**
     * Builds Linkspan on the host's database.
     *
     * @param dataSource the host's database
     * @param env where keys and secrets come from
     * @return the Linkspan
     */
    public static Linkspan open(DataSource dataSource, Map<String, String> env) {
        String key = env.get("LINKSPAN_KEY");
        String clientKey = env.getOrDefault("TIKTOK_CLIENT_KEY", "");
        Secret clientSecret = Secret.required("TIKTOK_CLIENT_SECRET", env.get("TIKTOK_CLIENT_SECRET"));
        String appId = env.getOrDefault("INSTAGRAM_APP_ID", "");
        Secret appSecret = Secret.required("INSTAGRAM_APP_SECRET", env.get("INSTAGRAM_APP_SECRET"));
        // readme: begin
        var tiktok = TikTok.builder(clientKey, clientSecret, TIKTOK_CALLBACK).build();
        var instagram = Instagram.withInstagramLogin(appId, appSecret, INSTAGRAM_CALLBACK)
                .build();
        Linkspan linkspan = Linkspan.builder()
                .stores(JdbcStores.create(dataSource))
                .keys(LocalKeys.fromBase64(key))
                .platform(tiktok)
                .platform(instagram)
                .build();
        // readme: end
        return linkspan;
    }

    /**
     * Sends a person to the consent page; the callback then calls {@code complete(rawQuery, browserSecret)}.
     *
     * @param linkspan the Linkspan
     * @param owner whose account it becomes
     * @param browserSecret a random value kept in the browser's session
     * @return where to send the browser
     */
    public static URI connect(Linkspan linkspan, Owner owner, String browserSecret) {
        // readme: begin
        ConnectRequest wish = ConnectRequest.of(owner, TikTok.PLATFORM, Intent.CROSS_POSTING);
        URI page = linkspan.connections().connect(wish.boundTo(browserSecret)).uri();
        // readme: end
        return page;
    }

    /**
     * Publishes a video to both accounts of a link, once.
     *
     * @param linkspan the Linkspan
     * @param owner whose
     * @param link the linked accounts
     * @param video the file
     * @return the accepted publication
     */
    public static Publication publish(Linkspan linkspan, Owner owner, AccountLink link, Path video) {
        // readme: begin
        var privacy = TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).build();
        Post post = Post.video(video).options(TikTok.PLATFORM, privacy.toMap()).to(link);
        Publication publication = linkspan.publisher().submit(owner, "launch-2026-11-21", post);
        linkspan.worker().start();
        // readme: end
        return publication;
    }
}
