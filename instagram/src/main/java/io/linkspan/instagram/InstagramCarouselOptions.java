package io.linkspan.instagram;

import java.util.List;
import java.util.Map;

/**
 * What Instagram lets one choose for a carousel as a whole; see {@link InstagramItemOptions} for its items. Immutable; {@link #toMap()} goes into the options of a target.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
public final class InstagramCarouselOptions {
    private final Map<String, String> values;

    private InstagramCarouselOptions(Map<String, String> values) {
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
        return "InstagramCarouselOptions" + values.keySet();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final OptionValues values = new OptionValues();

        private Builder() {}

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
         * Invites accounts as authors of the post; it shows on their profile too once they accept. Default: none. The pages
         * contradict each other whether Instagram Login offers this.
         *
         * @param handles 1 to 3 user names without {@code @}
         * @return this
         * @throws IllegalArgumentException when there are none or more than 3, or one is no user name
         */
        public Builder collaborators(String... handles) {
            values.handles(OptionNames.COLLABORATORS, List.of(handles), 3);
            return this;
        }

        /**
         * Tags a place. Facebook Login only. Default: none.
         *
         * @param pageId id of a Page that has an address (parameter {@code location_id})
         * @return this
         * @throws IllegalArgumentException when it is no number
         */
        public Builder location(String pageId) {
            values.put(OptionNames.LOCATION_ID, OptionValues.number("location", pageId));
            return this;
        }

        /**
         * Whether the post may appear in the feed. Default: not said. Instagram lists this for carousels and describes it for reels
         * only.
         *
         * @param share whether it may
         * @return this
         */
        public Builder shareToFeed(boolean share) {
            values.put(OptionNames.SHARE_TO_FEED, share);
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
         * Attaches a poll. Facebook Login only, with a caption, and not together with {@link #commentPrompt}. Default: none. The fields inside are
         * not published where this library could read them, so the JSON object is passed on as it is.
         *
         * @param json the object of the parameter {@code poll_attachment}, with 2 to 4 options
         * @param openEnded true to keep it open, false for the three days that are Instagram's default
         * @return this
         * @throws IllegalArgumentException when it is no JSON object
         * @see <a href="https://developers.facebook.com/documentation/instagram-platform/content-publishing">Caption add-ons</a> (guide of
         *     2026-09-28, read 2026-11-30)
         */
        public Builder poll(String json, boolean openEnded) {
            values.poll(json, openEnded);
            return this;
        }

        /**
         * Invites people to comment. Facebook Login only, with a caption, and not together with a poll. Default: not said.
         *
         * @param prompt whether to
         * @return this
         */
        public Builder commentPrompt(boolean prompt) {
            values.put(OptionNames.COMMENT_PROMPT, prompt);
            return this;
        }

        /**
         * Tags a product of the account's shop. Facebook Login only. Default: none; up to 5 times.
         *
         * @param productId its id
         * @return this
         * @throws IllegalArgumentException when it is no number
         */
        public Builder product(String productId) {
            values.product(productId);
            return this;
        }

        /**
         * The options.
         *
         * @return the options
         */
        public InstagramCarouselOptions build() {
            return new InstagramCarouselOptions(values.toMap());
        }
    }
}
