package io.linkspan.instagram;

import io.linkspan.preflight.Destination;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PublishContent;
import java.util.Map;

/** What a container is for. */
enum Slot {
    /** One image in the feed. */
    IMAGE("image posts", "", Destination.INSTAGRAM_FEED_IMAGE),
    /** One video. Stand-alone videos of the feed are refused since 2023-11-09: they are reels. */
    REEL("reels", "REELS", Destination.INSTAGRAM_REEL),
    /** A story with an image. */
    STORY_IMAGE("image stories", "STORIES", Destination.INSTAGRAM_STORY),
    /** A story with a video. */
    STORY_VIDEO("video stories", "STORIES", Destination.INSTAGRAM_STORY),
    /** An image of a carousel. */
    CHILD_IMAGE("images of a carousel", "", Destination.INSTAGRAM_CAROUSEL),
    /** A video of a carousel. */
    CHILD_VIDEO("videos of a carousel", "VIDEO", Destination.INSTAGRAM_CAROUSEL),
    /** The carousel itself. */
    CAROUSEL("carousels", "CAROUSEL", Destination.INSTAGRAM_CAROUSEL);

    private static final String STORIES = "STORIES";

    private final String words;
    private final String mediaType;
    private final Destination destination;

    Slot(String words, String mediaType, Destination destination) {
        this.words = words;
        this.mediaType = mediaType;
        this.destination = destination;
    }

    /** What the post is. */
    static Slot of(PublishContent content) {
        boolean story =
                content.option(OptionNames.MEDIA_TYPE).filter(STORIES::equals).isPresent();
        return switch (content.kind()) {
            case CAROUSEL -> CAROUSEL;
            case VIDEO -> story ? STORY_VIDEO : REEL;
            case IMAGE -> story ? STORY_IMAGE : IMAGE;
        };
    }

    /** What the container of one item is for. */
    static Slot of(PublishContent content, MediaPart item) {
        if (content.kind() != PublishContent.Kind.CAROUSEL) {
            return of(content);
        }
        return item.type() == MediaPart.Type.VIDEO ? CHILD_VIDEO : CHILD_IMAGE;
    }

    /** In the plural, for people. */
    String words() {
        return words;
    }

    /** {@code media_type}; empty when it is left out. */
    String mediaType() {
        return mediaType;
    }

    Destination destination() {
        return destination;
    }

    boolean isStory() {
        return this == STORY_IMAGE || this == STORY_VIDEO;
    }

    boolean isChild() {
        return this == CHILD_IMAGE || this == CHILD_VIDEO;
    }

    boolean isVideo() {
        return this == REEL || this == STORY_VIDEO || this == CHILD_VIDEO;
    }

    /** How a published post of this kind reads back: {@code media_product_type} and {@code media_type}. */
    Map.Entry<String, String> readsBack() {
        return switch (this) {
            case REEL, CHILD_VIDEO -> Map.entry("REELS", "VIDEO");
            case IMAGE, CHILD_IMAGE -> Map.entry("FEED", "IMAGE");
            case CAROUSEL -> Map.entry("FEED", "CAROUSEL_ALBUM");
            case STORY_IMAGE -> Map.entry("STORY", "IMAGE");
            case STORY_VIDEO -> Map.entry("STORY", "VIDEO");
        };
    }
}
