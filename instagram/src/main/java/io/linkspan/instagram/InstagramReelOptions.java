package io.linkspan.instagram;

import io.linkspan.spi.Texts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Instagram lets one choose for a reel. A cover image is the cover of the post, which wins over the offset. Immutable; {@link #toMap()} goes into the options of a target.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
public final class InstagramReelOptions {
    private final Map<String, String> values;

    private InstagramReelOptions(Map<String, String> values) {
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
        return "InstagramReelOptions" + values.keySet();
    }

    /** How a trial reel becomes a normal one. */
    public enum Graduation {
        /** The person decides in the app. */
        MANUAL,
        /** By itself when it performs. */
        SS_PERFORMANCE
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final OptionValues values = new OptionValues();

        private Builder() {}

        /**
         * Whether the reel may appear in the feed as well as on the Reels tab. Default true, which is always sent since Instagram
         * does not document its own default; left out for trial reels. Instagram gives no guarantee.
         *
         * @param share false for the Reels tab only
         * @return this
         */
        public Builder shareToFeed(boolean share) {
            values.put(OptionNames.SHARE_TO_FEED, share);
            return this;
        }

        /**
         * The frame shown as cover. Default is the first frame. A cover image of the post wins.
         *
         * @param offset from the start of the video; not negative, whole milliseconds, less than the duration
         * @return this
         * @throws IllegalArgumentException when negative or longer than 15 minutes, the longest reel
         * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/error-codes">
         *     Error codes, subcode 2207057</a> (page of 2026-06-02, read 2026-11-21)
         */
        public Builder thumbOffset(Duration offset) {
            if (Objects.requireNonNull(offset, "offset").isNegative() || offset.compareTo(Duration.ofMinutes(15)) > 0) {
                throw new IllegalArgumentException(
                        "thumbOffset must be from 0 to 15 minutes, the longest reel, was " + offset);
            }
            values.put(OptionNames.THUMB_OFFSET, String.valueOf(offset.toMillis()));
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
         * Names the sound of the reel. Default is Instagram's own name for it. A sound can be renamed only once ever.
         *
         * @param name the name; not blank
         * @return this
         */
        public Builder audioName(String name) {
            Texts.name("audioName", name, 200);
            values.put(OptionNames.AUDIO_NAME, name);
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
         * Makes it a trial reel, which people who do not follow the account see first. The account must be eligible. Default: a
         * normal reel.
         *
         * @param graduation how it becomes a normal reel
         * @return this
         */
        public Builder trial(Graduation graduation) {
            values.put(OptionNames.TRIAL_PARAMS, Fields.write(Map.of("graduation_strategy", graduation.name())));
            return this;
        }

        /**
         * Adds a sound of Instagram's library. Facebook Login only. Default: the sound of the video alone. A video without sound
         * needs a video volume of 0.
         *
         * @param audioId its id, from Instagram's audio search
         * @param audioVolume 0 to 100
         * @param videoVolume 0 to 100
         * @return this
         * @throws IllegalArgumentException when the id is blank or a volume lies outside
         * @see <a href="https://developers.facebook.com/documentation/instagram-platform/content-publishing/audio-api">Audio API</a> (page of
         *     2026-06-16, read 2026-11-21)
         */
        public Builder audio(String audioId, int audioVolume, int videoVolume) {
            Texts.name("audioId", audioId, Texts.MOST_ID);
            Map<String, Object> audio = new LinkedHashMap<>();
            audio.put("audio_id", audioId);
            audio.put("audio_volume", volume(audioVolume));
            audio.put("video_volume", volume(videoVolume));
            values.put(OptionNames.AUDIO_CONFIGURATION, Fields.write(audio));
            return this;
        }

        private static int volume(int volume) {
            if (volume < 0 || volume > 100) {
                throw new IllegalArgumentException("a volume must be from 0 to 100, was " + volume);
            }
            return volume;
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
         * Attaches a poll. Facebook Login only, with a caption, and not together with {@link #commentPrompt}. Default: none. The fields inside
         * are not published where this library could read them, so the JSON object is passed on as it is.
         *
         * @param json the object of the parameter {@code poll_attachment}, with 2 to 4 options
         * @param openEnded true to keep it open, false for the three days that are Instagram's default
         * @return this
         * @throws IllegalArgumentException when it is no JSON object
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
        public InstagramReelOptions build() {
            if (!values.has(OptionNames.SHARE_TO_FEED) && !values.has(OptionNames.TRIAL_PARAMS)) {
                values.put(OptionNames.SHARE_TO_FEED, true);
            }
            return new InstagramReelOptions(values.toMap());
        }
    }
}
