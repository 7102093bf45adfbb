package io.linkspan.instagram;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What Instagram lets one choose for one item of a carousel. Videos take the cover frame only, images all others. Immutable; {@link #toMap()} goes into the options of an item.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
public final class InstagramItemOptions {
    private final Map<String, String> values;

    private InstagramItemOptions(Map<String, String> values) {
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
        return "InstagramItemOptions" + values.keySet();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final OptionValues values = new OptionValues();

        private Builder() {}

        /**
         * Describes the image for people who do not see it. Default: none.
         *
         * @param text 1 to 1,000 characters (parameter {@code alt_text})
         * @return this
         * @throws IllegalArgumentException when blank or too long
         */
        public Builder altText(String text) {
            values.altText(text);
            return this;
        }

        /**
         * Tags a person in a video. Reports contradict each other whether Instagram takes it, so a check asks for a waiver. Default: none; up to 20
         * times.
         *
         * @param handle user name of a public account, without {@code @}
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
         * The frame shown as cover. Default is the first frame.
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
         * Tags a product of the account's shop at a place in the image. Facebook Login only. Default: none; up to 5 times.
         *
         * @param productId its id
         * @param x from the left, 0.0 to 1.0
         * @param y from the top, 0.0 to 1.0
         * @return this
         * @throws IllegalArgumentException when it is no number, or the place lies outside
         */
        public Builder product(String productId, double x, double y) {
            values.product(productId, x, y);
            return this;
        }

        /**
         * The options.
         *
         * @return the options
         */
        public InstagramItemOptions build() {
            return new InstagramItemOptions(values.toMap());
        }
    }
}
