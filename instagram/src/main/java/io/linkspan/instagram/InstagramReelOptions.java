package io.linkspan.instagram;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What Instagram lets one choose for a reel. Immutable; {@link #toMap()} goes into the options of a target.
 *
 * @see <a href="https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
public final class InstagramReelOptions {
    private final Map<String, String> values;

    private InstagramReelOptions(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
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

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new TreeMap<>(Map.of(OptionNames.SHARE_TO_FEED, "true"));

        private Builder() {}

        /**
         * Whether the reel may appear in the feed as well as on the Reels tab. Default true; always sent, since Instagram
         * does not document its own default. Instagram gives no guarantee.
         *
         * @param share false for the Reels tab only
         * @return this
         */
        public Builder shareToFeed(boolean share) {
            values.put(OptionNames.SHARE_TO_FEED, String.valueOf(share));
            return this;
        }

        /**
         * The frame shown as cover. Default is the first frame.
         *
         * @param offset from the start of the video; not negative, whole milliseconds, less than the duration
         * @return this
         * @throws IllegalArgumentException when negative or longer than 15 minutes, the longest reel
         * @see <a href="https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes">
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
         * Marks the reel as made or changed by AI. Default: not said.
         *
         * @param generated whether it is
         * @return this
         * @see <a href="https://developers.facebook.com/docs/instagram-platform/changelog">Change log, 2026-06-22</a> (page of
         *     2026-10-05, read 2026-11-21)
         */
        public Builder aiGenerated(boolean generated) {
            values.put(OptionNames.IS_AI_GENERATED, String.valueOf(generated));
            return this;
        }

        /**
         * Names the sound of the reel. Default is Instagram's own name for it. A sound can be renamed only once ever.
         *
         * @param name the name; not blank
         * @return this
         */
        public Builder audioName(String name) {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException(
                        "audioName must not be blank; leave it out to keep Instagram's name");
            }
            values.put(OptionNames.AUDIO_NAME, name);
            return this;
        }

        /**
         * The options.
         *
         * @return the options
         */
        public InstagramReelOptions build() {
            return new InstagramReelOptions(values);
        }
    }
}
