package io.linkspan.instagram;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What Instagram lets one choose for an image. Immutable; {@link #toMap()} goes into the options of a target.
 *
 * @see <a href="https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
public final class InstagramImageOptions {
    private final Map<String, String> values;

    private InstagramImageOptions(Map<String, String> values) {
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
        return "InstagramImageOptions" + values.keySet();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new TreeMap<>();

        private Builder() {}

        /**
         * Describes the image for people who do not see it. Default: none.
         *
         * @param text 1 to 1,000 characters (parameter {@code alt_text})
         * @return this
         * @throws IllegalArgumentException when blank or too long
         */
        public Builder altText(String text) {
            int length = Objects.requireNonNull(text, "text").codePointCount(0, text.length());
            if (text.isBlank() || length > 1000) {
                throw new IllegalArgumentException("altText must have 1 to 1000 characters, had " + length);
            }
            values.put(OptionNames.ALT_TEXT, text);
            return this;
        }

        /**
         * Marks the image as made or changed by AI. Default: not said.
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
         * The options.
         *
         * @return the options
         */
        public InstagramImageOptions build() {
            return new InstagramImageOptions(values);
        }
    }
}
