package io.linkspan.instagram;

import java.util.List;
import java.util.Map;

/**
 * Makes a post with one image or one video a story, and says what Instagram lets one choose for it. Stories take no caption
 * and vanish after 24 hours. Immutable; {@link #toMap()} goes into the options of a target.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
public final class InstagramStoryOptions {
    private final Map<String, String> values;

    private InstagramStoryOptions(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Starts with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The options by Instagram's own names.
     *
     * @return unmodifiable map in order
     */
    public Map<String, String> toMap() {
        return values;
    }

    @Override
    public String toString() {
        return "InstagramStoryOptions" + values.keySet();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final OptionValues values = new OptionValues();

        private Builder() {
            values.put(OptionNames.MEDIA_TYPE, Slot.STORY_IMAGE.mediaType());
        }

        /**
         * Tags a public account. Default: none; may be called up to 20 times.
         *
         * @param handle user name without {@code @}
         * @return this
         * @throws IllegalArgumentException when it is no user name
         */
        public Builder tag(String handle) {
            values.person(handle);
            return this;
        }

        /**
         * Tags a public account at a place in the image. Default: none; may be called up to 20 times.
         *
         * @param handle user name without {@code @}
         * @param x from the left, 0.0 to 1.0
         * @param y from the top, 0.0 to 1.0
         * @return this
         * @throws IllegalArgumentException when it is no user name, or the place lies outside
         */
        public Builder tag(String handle, double x, double y) {
            values.person(handle, x, y);
            return this;
        }

        /**
         * Marks the post as made or changed by AI. Default: not said.
         *
         * @param generated whether it is
         * @return this
         * @see <a href="https://developers.facebook.com/documentation/instagram-platform/changelog">Change log, 2026-06-22</a> (page of
         *     2026-10-05, read 2026-11-21)
         */
        public Builder aiGenerated(boolean generated) {
            values.put(OptionNames.IS_AI_GENERATED, generated);
            return this;
        }

        /**
         * Shows the label of a paid partnership. Facebook Login only. Default: not said.
         *
         * @param paid whether it is one
         * @return this
         */
        public Builder paidPartnership(boolean paid) {
            values.put(OptionNames.IS_PAID_PARTNERSHIP, paid);
            return this;
        }

        /**
         * Names the sponsors of a paid partnership, which must be professional accounts other than the own one. Facebook Login
         * only. Default: none.
         *
         * @param accountIds 1 or 2 ids of Instagram accounts (parameter {@code branded_content_sponsor_ids})
         * @return this
         * @throws IllegalArgumentException when there are none or more than 2, or one is no number
         */
        public Builder sponsors(String... accountIds) {
            values.numbers(OptionNames.SPONSORS, List.of(accountIds), 2);
            return this;
        }

        /**
         * The options.
         *
         * @return the options
         */
        public InstagramStoryOptions build() {
            return new InstagramStoryOptions(values.toMap());
        }
    }
}
