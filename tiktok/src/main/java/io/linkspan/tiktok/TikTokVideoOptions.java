package io.linkspan.tiktok;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a video post on TikTok needs besides caption and file. Hand {@link #toMap()} to the post as the options of its
 * TikTok target. Immutable.
 *
 * <p>Everything here is the person's choice on the posting screen. Comments, duets and stitches are off until the person
 * turns them on, and stay off where the creator's own settings forbid them.
 *
 * <p>A {@link #draft()} goes to the person's TikTok inbox instead and takes neither choices nor a caption. Either goes by
 * bytes unless it is {@link #pulled()}.
 *
 * @see <a href="https://developers.tiktok.com/docs/en/content-sharing-guidelines">Content Sharing Guidelines</a> (read
 *     2026-11-20)
 */
public final class TikTokVideoOptions {
    static final String PRIVACY_LEVEL = "privacy_level";
    static final String ALLOW_COMMENT = "allow_comment";
    static final String ALLOW_DUET = "allow_duet";
    static final String ALLOW_STITCH = "allow_stitch";
    static final String OWN_BRAND = "brand_organic_toggle";
    static final String BRANDED_CONTENT = "brand_content_toggle";
    static final String AI_GENERATED = "is_aigc";
    static final String COVER_TIMESTAMP = "video_cover_timestamp_ms";

    private final Map<String, String> map;

    private TikTokVideoOptions(Map<String, String> map) {
        this.map = Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /**
     * Starts the options.
     *
     * @param privacyLevel the level the person chose; has no default
     * @return the builder
     */
    public static Builder builder(TikTokPrivacyLevel privacyLevel) {
        return new Builder(privacyLevel);
    }

    /**
     * A draft: TikTok tells the person in the inbox of the app, who then edits and posts it there. It needs the capability
     * {@code DELIVER_DRAFT} and an empty caption.
     *
     * @return the options
     */
    public static TikTokVideoOptions draft() {
        return new TikTokVideoOptions(Map.of(PostMode.POST_MODE, PostMode.MEDIA_UPLOAD));
    }

    /**
     * The same, but TikTok pulls the file from the {@code MediaHost} instead of getting its bytes. Bytes are the better way
     * where both are open: an answer that is lost there never leaves doubt about a second post.
     *
     * @return a copy
     */
    public TikTokVideoOptions pulled() {
        Map<String, String> next = new TreeMap<>(map);
        next.put(PostMode.SOURCE, PostMode.PULL_FROM_URL);
        return new TikTokVideoOptions(next);
    }

    /**
     * Whether these are the options of a draft.
     *
     * @return true for {@link #draft()}
     */
    public boolean isDraft() {
        return PostMode.MEDIA_UPLOAD.equals(map.get(PostMode.POST_MODE));
    }

    /**
     * The options as a post carries them.
     *
     * @return unmodifiable map, every option present but those that are left at TikTok's default
     */
    public Map<String, String> toMap() {
        return map;
    }

    /**
     * The label TikTok will put on the post; announce it to the person before posting.
     *
     * @return the label's text, or empty when nothing is disclosed
     */
    public Optional<String> label() {
        return Disclosures.label(map);
    }

    /**
     * The declaration to show before the publish button. Link "Music Usage Confirmation" to
     * {@code https://www.tiktok.com/legal/page/global/music-usage-confirmation/en} and "Branded Content Policy" to
     * {@code https://www.tiktok.com/legal/page/global/bc-policy/en}.
     *
     * @return the sentence TikTok asks for
     */
    public String declaration() {
        return Disclosures.declaration(map);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TikTokVideoOptions that && map.equals(that.map);
    }

    @Override
    public int hashCode() {
        return map.hashCode();
    }

    @Override
    public String toString() {
        return "TikTokVideoOptions" + map;
    }

    /** Builds {@link TikTokVideoOptions}. Not thread-safe. */
    public static final class Builder {
        private final TikTokPrivacyLevel privacyLevel;
        private boolean allowComment;
        private boolean allowDuet;
        private boolean allowStitch;
        private boolean ownBrand;
        private boolean brandedContent;
        private boolean aiGenerated;
        private @Nullable Duration coverTimestamp;

        private Builder(TikTokPrivacyLevel privacyLevel) {
            this.privacyLevel = Objects.requireNonNull(privacyLevel, "privacyLevel");
        }

        /**
         * Lets people comment.
         *
         * @param value false by default
         * @return this
         */
        public Builder allowComment(boolean value) {
            this.allowComment = value;
            return this;
        }

        /**
         * Lets people make duets.
         *
         * @param value false by default
         * @return this
         */
        public Builder allowDuet(boolean value) {
            this.allowDuet = value;
            return this;
        }

        /**
         * Lets people make stitches.
         *
         * @param value false by default
         * @return this
         */
        public Builder allowStitch(boolean value) {
            this.allowStitch = value;
            return this;
        }

        /**
         * Discloses that the post promotes the creator's own business ("Your brand").
         *
         * @param value false by default
         * @return this
         */
        public Builder ownBrand(boolean value) {
            this.ownBrand = value;
            return this;
        }

        /**
         * Discloses a paid partnership with a third party ("Branded content"); such a post cannot be
         * {@link TikTokPrivacyLevel#SELF_ONLY}.
         *
         * @param value false by default
         * @return this
         */
        public Builder brandedContent(boolean value) {
            this.brandedContent = value;
            return this;
        }

        /**
         * Labels the post as made with AI.
         *
         * @param value false by default
         * @return this
         */
        public Builder aiGenerated(boolean value) {
            this.aiGenerated = value;
            return this;
        }

        /**
         * Picks the frame for the cover.
         *
         * @param value position in the video, whole milliseconds, 0 or later; the first frame by default
         * @return this
         */
        public Builder coverTimestamp(Duration value) {
            this.coverTimestamp = Objects.requireNonNull(value, "coverTimestamp");
            return this;
        }

        /**
         * Checks and builds.
         *
         * @return the options
         * @throws IllegalArgumentException when branded content is private or the cover position is out of range
         */
        public TikTokVideoOptions build() {
            if (brandedContent && privacyLevel == TikTokPrivacyLevel.SELF_ONLY) {
                throw new IllegalArgumentException(PostRules.BRANDED_IS_PRIVATE);
            }
            if (coverTimestamp != null
                    && (coverTimestamp.isNegative()
                            || coverTimestamp.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0)) {
                throw new IllegalArgumentException(
                        "coverTimestamp must be 0 to " + Integer.MAX_VALUE + " ms, was " + coverTimestamp);
            }
            Map<String, String> map = new TreeMap<>();
            map.put(PRIVACY_LEVEL, privacyLevel.name());
            map.put(ALLOW_COMMENT, String.valueOf(allowComment));
            map.put(ALLOW_DUET, String.valueOf(allowDuet));
            map.put(ALLOW_STITCH, String.valueOf(allowStitch));
            map.put(OWN_BRAND, String.valueOf(ownBrand));
            map.put(BRANDED_CONTENT, String.valueOf(brandedContent));
            map.put(AI_GENERATED, String.valueOf(aiGenerated));
            if (coverTimestamp != null) {
                map.put(COVER_TIMESTAMP, String.valueOf(coverTimestamp.toMillis()));
            }
            return new TikTokVideoOptions(map);
        }
    }
}
