package io.linkspan.examples;

import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectRedirect;
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

/** The program of the README. */
public final class FifteenLines {
    private FifteenLines() {}

    /**
     * Builds Linkspan on the host's database; the client secrets come from the environment.
     *
     * @param dataSource the host's database
     * @param env the environment
     * @return the Linkspan
     */
    public static Linkspan open(DataSource dataSource, Map<String, String> env) {
        // readme: open
        Linkspan linkspan = Linkspan.builder()
                .stores(JdbcStores.create(dataSource))
                .keys(LocalKeys.fromBase64(env.get("LINKSPAN_KEY")))
                .platform(TikTok.builder(
                                env.getOrDefault("TIKTOK_CLIENT_KEY", ""),
                                Secret.required("TIKTOK_CLIENT_SECRET", env.get("TIKTOK_CLIENT_SECRET")),
                                URI.create("https://app.example.com/callback/tiktok"))
                        .build())
                .platform(Instagram.withInstagramLogin(
                                env.getOrDefault("INSTAGRAM_APP_ID", ""),
                                Secret.required("INSTAGRAM_APP_SECRET", env.get("INSTAGRAM_APP_SECRET")),
                                URI.create("https://app.example.com/callback/instagram"))
                        .build())
                .build();
        // readme: end
        return linkspan;
    }

    /**
     * Sends a person to the consent page.
     *
     * @param linkspan the Linkspan
     * @param owner whose account it becomes
     * @param browserSecret a random value kept in the browser's session
     * @return where to send the browser
     */
    public static ConnectRedirect connect(Linkspan linkspan, Owner owner, String browserSecret) {
        return linkspan.connections()
                .connect(ConnectRequest.of(owner, TikTok.PLATFORM, Intent.CROSS_POSTING)
                        .boundTo(browserSecret));
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
        Map<String, String> options =
                TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).build().toMap();
        return linkspan.publisher()
                .submit(
                        owner,
                        "launch-2026-11-21",
                        Post.video(video)
                                .caption("Hello")
                                .options(TikTok.PLATFORM, options)
                                .to(link));
    }
}
