package io.linkspan.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One file of a post, without its bytes.
 *
 * @param role what it is for
 * @param type video or image
 * @param contentType media type, told by the bytes and not by a name, such as {@code video/mp4}
 * @param size number of bytes, as accepted
 * @param options the platform's own options of this item, by the adapter's names
 */
public record MediaPart(Role role, Type type, String contentType, long size, Map<String, String> options) {
    /**
     * Copies the options.
     *
     * @param role what it is for
     * @param type video or image
     * @param contentType media type, told by the bytes and not by a name, such as {@code video/mp4}
     * @param size number of bytes, as accepted; at least 1
     * @param options the platform's own options of this item, by the adapter's names
     */
    public MediaPart {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(contentType, "contentType");
        if (size < 1) {
            throw new IllegalArgumentException("a media file must have at least 1 byte, had " + size);
        }
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** What a file of a post is for. */
    public enum Role {
        /** It is shown as an item of the post. */
        ITEM,
        /** It is the cover of the post's video. */
        COVER
    }

    /** What a file holds. */
    public enum Type {
        /** A video. */
        VIDEO,
        /** An image. */
        IMAGE
    }
}
