package io.linkspan.simulation;

import io.linkspan.Platform;
import io.linkspan.instagram.InstagramCarouselOptions;
import io.linkspan.instagram.InstagramImageOptions;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.instagram.InstagramStoryOptions;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostItem;
import io.linkspan.tiktok.TikTokPhotoOptions;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The paths a post can take. */
enum PostKind {
    /** TikTok, direct, by bytes. */
    TIKTOK_VIDEO(Files.VIDEO, Way.TIKTOK_VIDEO),
    /** TikTok, direct, pulled. */
    TIKTOK_PULLED_VIDEO(Files.VIDEO, Way.TIKTOK_PULLED_VIDEO),
    /** TikTok, to the inbox, by bytes. */
    TIKTOK_DRAFT(Files.VIDEO, Way.TIKTOK_DRAFT),
    /** TikTok, photos, pulled. */
    TIKTOK_PHOTOS(Files.IMAGES, Way.TIKTOK_PHOTOS),
    /** Instagram, a reel. */
    REEL(Files.VIDEO, Way.REEL),
    /** Instagram, an image. */
    IMAGE(Files.IMAGE, Way.IMAGE),
    /** Instagram, a carousel. */
    CAROUSEL(Files.IMAGES, Way.CAROUSEL),
    /** Instagram, a story. */
    STORY(Files.IMAGE, Way.STORY),
    /** One video to both. */
    BOTH(Files.VIDEO, Way.TIKTOK_VIDEO, Way.REEL);

    private enum Files {
        VIDEO,
        IMAGE,
        IMAGES
    }

    private enum Way {
        TIKTOK_VIDEO(Platforms.TIKTOK, tiktokVideo(Map.of())),
        TIKTOK_PULLED_VIDEO(Platforms.TIKTOK, tiktokVideo(Map.of("source", "PULL_FROM_URL"))),
        TIKTOK_DRAFT(Platforms.TIKTOK, Map.of("post_mode", "MEDIA_UPLOAD")),
        TIKTOK_PHOTOS(
                Platforms.TIKTOK,
                TikTokPhotoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                        .build()
                        .toMap()),
        REEL(Platforms.INSTAGRAM, InstagramReelOptions.builder().build().toMap()),
        IMAGE(Platforms.INSTAGRAM, InstagramImageOptions.builder().build().toMap()),
        CAROUSEL(Platforms.INSTAGRAM, InstagramCarouselOptions.builder().build().toMap()),
        STORY(Platforms.INSTAGRAM, InstagramStoryOptions.builder().build().toMap());

        @SuppressWarnings("ImmutableEnumChecker") // a name
        private final Platform platform;

        @SuppressWarnings("ImmutableEnumChecker") // never changed
        private final Map<String, String> options;

        Way(Platform platform, Map<String, String> options) {
            this.platform = platform;
            this.options = options;
        }

        private static Map<String, String> tiktokVideo(Map<String, String> more) {
            Map<String, String> all = new HashMap<>(TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                    .build()
                    .toMap());
            all.putAll(more);
            return all;
        }
    }

    private final Files files;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Way> ways;

    PostKind(Files files, Way... ways) {
        this.files = files;
        this.ways = List.of(ways);
    }

    /** Its files: references and content. */
    Map<String, byte[]> media(String mark) {
        Map<String, byte[]> media = new HashMap<>();
        switch (files) {
            case VIDEO -> media.put(mark, Album.video(mark));
            case IMAGE -> media.put(mark, Album.image(mark));
            case IMAGES -> {
                media.put(mark, Album.image(mark));
                media.put(mark + " b", Album.image(mark + " b"));
            }
        }
        return media;
    }

    /** The post, without targets. */
    Post post(String mark) {
        Post post = switch (files) {
            case VIDEO -> Post.video(Media.stored(mark));
            case IMAGE -> Post.image(Media.stored(mark));
            case IMAGES -> Post.items(PostItem.image(Media.stored(mark)), PostItem.image(Media.stored(mark + " b")));
        };
        for (Way way : ways) {
            post = post.options(way.platform, way.options);
        }
        return this == STORY || this == TIKTOK_DRAFT ? post : post.caption(mark);
    }

    List<Platform> platforms() {
        List<Platform> platforms = new ArrayList<>();
        ways.forEach(way -> platforms.add(way.platform));
        return platforms;
    }

    /** The kind with a number. */
    static PostKind at(int index) {
        return List.of(values()).get(index);
    }
}
