package io.linkspan.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A post as one target gets it.
 *
 * @param kind video or image
 * @param caption the text; may be empty
 * @param contentType media type of the file
 * @param options the platform's own options, by the adapter's names
 */
public record PublishContent(Kind kind, String caption, String contentType, Map<String, String> options) {
    /**
     * Copies the options.
     *
     * @param kind video or image
     * @param caption the text; may be empty
     * @param contentType media type of the file
     * @param options the platform's own options, by the adapter's names
     */
    public PublishContent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(caption, "caption");
        Objects.requireNonNull(contentType, "contentType");
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** What is published. */
    public enum Kind {
        /** A video. */
        VIDEO,
        /** One image. */
        IMAGE
    }
}
