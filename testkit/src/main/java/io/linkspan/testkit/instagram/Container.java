package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.MediaFetcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A container and the media published from it. Its fields belong to the lock of {@link Containers}. */
final class Container {

    final String id;
    final InstagramAccount account;
    final String kind;
    final String caption;
    final boolean item;
    final Map<String, String> details;
    final List<Container> children;
    final Instant created;
    volatile @Nullable CompletableFuture<MediaFetcher.Fetched> fetch;

    /** Where its bytes come in, when they are uploaded. */
    volatile @Nullable Upload upload;

    final List<Media> published = new ArrayList<>();
    int pollsLeft;
    int gapReadsLeft;
    boolean stuck;
    boolean copyrightMatch;

    /** Published although it was dead, which happens only on purpose. */
    boolean undead;

    int errorSubcode;

    Container(
            String id,
            InstagramAccount account,
            String kind,
            String caption,
            boolean item,
            Map<String, String> details,
            List<Container> children,
            Instant created,
            @Nullable CompletableFuture<MediaFetcher.Fetched> fetch) {
        this.id = id;
        this.account = account;
        this.kind = kind;
        this.caption = caption;
        this.item = item;
        this.details = details;
        this.children = List.copyOf(children);
        this.created = created;
        this.fetch = fetch;
    }

    /** A post. */
    record Media(String id, Container container, String shortcode, Instant at) {

        String mediaType() {
            return switch (container.kind) {
                case "CAROUSEL" -> "CAROUSEL_ALBUM";
                case "IMAGE", "STORY_IMAGE" -> "IMAGE";
                default -> "VIDEO";
            };
        }

        String productType() {
            return switch (container.kind) {
                case "REELS" -> "REELS";
                case "STORY_IMAGE", "STORY_VIDEO" -> "STORY";
                default -> "FEED";
            };
        }

        String permalink() {
            String folder = container.kind.equals("REELS") ? "reel" : "p";
            return "https://www.instagram.com/" + folder + "/" + shortcode + "/";
        }
    }
}
