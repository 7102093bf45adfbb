package io.linkspan.preflight;

/** A place on a platform that media is published to. */
public enum Destination {
    /** A TikTok video post. */
    TIKTOK_VIDEO(true, false),
    /** One image of a TikTok photo post. */
    TIKTOK_PHOTO(false, true),
    /** An Instagram reel. */
    INSTAGRAM_REEL(true, false),
    /** An Instagram story, image or video. */
    INSTAGRAM_STORY(true, true),
    /** A single image in the Instagram feed. */
    INSTAGRAM_FEED_IMAGE(false, true),
    /** One image or video of an Instagram carousel. */
    INSTAGRAM_CAROUSEL(true, true),
    /** The image given as cover of an Instagram reel. */
    INSTAGRAM_REEL_COVER(false, true);

    private final boolean videos;
    private final boolean images;

    Destination(boolean videos, boolean images) {
        this.videos = videos;
        this.images = images;
    }

    /**
     * Tells whether this destination takes such media at all.
     *
     * @param kind the kind of media
     * @return true if it does
     */
    public boolean takes(MediaKind kind) {
        return kind == MediaKind.VIDEO ? videos : kind == MediaKind.IMAGE && images;
    }
}
