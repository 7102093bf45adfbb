package io.linkspan.tiktok;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a photo post on TikTok, of 1 to 35 photos, needs besides caption and files. Hand {@link #toMap()} to the post as the
 * options of its TikTok target. Immutable.
 *
 * <p>The caption of the post becomes TikTok's description, up to 4,000 UTF-16 units; the title is an option. TikTok always
 * pulls photos, so Linkspan needs a {@code MediaHost}. Duets and stitches do not exist for photos.
 *
 * @see <a href="https://developers.tiktok.com/docs/en/content-posting-api-reference-photo-post">Photo Post</a> (read 2026-11-20)
 */
public final class TikTokPhotoOptions {
    static final String TITLE = "title";
    static final String COVER_INDEX = "photo_cover_index";
    static final String AUTO_ADD_MUSIC = "auto_add_music";

    private final Map<String, String> map;

    private TikTokPhotoOptions(Map<String, String> map) {
        this.map = Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /**
     * Starts the options of a direct post.
     *
     * @param privacyLevel the level the person chose; has no default
     * @return the builder
     */
    public static Builder builder(TikTokPrivacyLevel privacyLevel) {
        return new Builder(privacyLevel);
    }

    /**
     * A draft: TikTok tells the person in the inbox of the app, who then edits and posts it there. Title, caption, cover
     * and the label of AI go along, everything else is chosen there. It needs the capability {@code DELIVER_DRAFT}.
     *
     * @return the options
     */
    public static TikTokPhotoOptions draft() {
        return new TikTokPhotoOptions(Map.of(PostMode.POST_MODE, PostMode.MEDIA_UPLOAD));
    }

    /**
     * With a title, which TikTok shows above the description.
     *
     * @param title up to 90 UTF-16 units; none by default
     * @return a copy
     * @throws IllegalArgumentException when it is longer
     */
    public TikTokPhotoOptions withTitle(String title) {
        if (title.length() > PostRules.MAX_PHOTO_TITLE) {
            throw new IllegalArgumentException(
                    "title must have at most " + PostRules.MAX_PHOTO_TITLE + " UTF-16 units, had " + title.length());
        }
        return with(TITLE, title);
    }

    /**
     * With one of the photos as the cover.
     *
     * @param index its place in the post, from 0; the first by default
     * @return a copy
     * @throws IllegalArgumentException when it is below 0 or above 34
     */
    public TikTokPhotoOptions withCover(int index) {
        if (index < 0 || index >= PostRules.MAX_PHOTOS) {
            throw new IllegalArgumentException("cover must be 0 to " + (PostRules.MAX_PHOTOS - 1) + ", was " + index);
        }
        return with(COVER_INDEX, String.valueOf(index));
    }

    /**
     * With the label of a post made with AI, for a draft. TikTok does not say whether drafts of photos keep it, so a check of the post warns.
     *
     * @param generated false by default
     * @return a copy
     */
    public TikTokPhotoOptions withAiGenerated(boolean generated) {
        return with(TikTokVideoOptions.AI_GENERATED, String.valueOf(generated));
    }

    private TikTokPhotoOptions with(String name, String value) {
        Map<String, String> next = new TreeMap<>(map);
        next.put(name, value);
        return new TikTokPhotoOptions(next);
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
     * Whether these are the options of a draft.
     *
     * @return true for {@link #draft()}
     */
    public boolean isDraft() {
        return PostMode.MEDIA_UPLOAD.equals(map.get(PostMode.POST_MODE));
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
     * The declaration to show before the publish button, with the links that {@link TikTokVideoOptions#declaration()} names.
     *
     * @return the sentence TikTok asks for
     */
    public String declaration() {
        return Disclosures.declaration(map);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TikTokPhotoOptions that && map.equals(that.map);
    }

    @Override
    public int hashCode() {
        return map.hashCode();
    }

    @Override
    public String toString() {
        return "TikTokPhotoOptions" + map;
    }

    /** Builds the {@link TikTokPhotoOptions} of a direct post. Not thread-safe. */
    public static final class Builder {
        private final TikTokPrivacyLevel privacyLevel;
        private boolean allowComment;
        private boolean autoAddMusic;
        private boolean ownBrand;
        private boolean brandedContent;
        private boolean aiGenerated;

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
         * Lets TikTok add music it recommends; the person can change it later.
         *
         * @param value false by default
         * @return this
         */
        public Builder autoAddMusic(boolean value) {
            this.autoAddMusic = value;
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
         * Labels the post as made with AI (field {@code is_aigc} at the top of the request). It is sent only when it is on.
         *
         * @param value false by default
         * @return this
         */
        public Builder aiGenerated(boolean value) {
            this.aiGenerated = value;
            return this;
        }

        /**
         * Checks and builds.
         *
         * @return the options
         * @throws IllegalArgumentException when branded content is private
         */
        public TikTokPhotoOptions build() {
            if (brandedContent && privacyLevel == TikTokPrivacyLevel.SELF_ONLY) {
                throw new IllegalArgumentException(PostRules.BRANDED_IS_PRIVATE);
            }
            return new TikTokPhotoOptions(Map.of(
                    TikTokVideoOptions.PRIVACY_LEVEL,
                    privacyLevel.name(),
                    TikTokVideoOptions.ALLOW_COMMENT,
                    String.valueOf(allowComment),
                    AUTO_ADD_MUSIC,
                    String.valueOf(autoAddMusic),
                    TikTokVideoOptions.OWN_BRAND,
                    String.valueOf(ownBrand),
                    TikTokVideoOptions.BRANDED_CONTENT,
                    String.valueOf(brandedContent),
                    TikTokVideoOptions.AI_GENERATED,
                    String.valueOf(aiGenerated)));
        }
    }
}
