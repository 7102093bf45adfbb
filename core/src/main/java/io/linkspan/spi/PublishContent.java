package io.linkspan.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A post as one target gets it.
 *
 * @param kind what is published
 * @param caption the text; may be empty
 * @param parts the files: all items in the order of the post, then the cover if there is one
 * @param options the platform's own options, by the adapter's names
 */
public record PublishContent(Kind kind, String caption, List<MediaPart> parts, Map<String, String> options) {
    /**
     * Copies lists and maps.
     *
     * @param kind what is published
     * @param caption the text; may be empty
     * @param parts the files: all items in the order of the post, then the cover if there is one
     * @param options the platform's own options, by the adapter's names
     */
    public PublishContent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(caption, "caption");
        parts = List.copyOf(parts);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        if (parts.isEmpty() || parts.get(0).role() != MediaPart.Role.ITEM) {
            throw new IllegalArgumentException("a post needs at least one item, and items come before the cover");
        }
    }

    /** What is published. */
    public enum Kind {
        /** One video. */
        VIDEO,
        /** One image. */
        IMAGE,
        /** Several items that are swiped through. */
        CAROUSEL
    }

    /**
     * The items of the post.
     *
     * @return at least one, in order
     */
    public List<MediaPart> items() {
        return parts.stream().filter(part -> part.role() == MediaPart.Role.ITEM).toList();
    }

    /**
     * The cover image.
     *
     * @return the cover, if the post brings one
     */
    public Optional<MediaPart> cover() {
        return parts.stream()
                .filter(part -> part.role() == MediaPart.Role.COVER)
                .findFirst();
    }

    /**
     * Without the cover image.
     *
     * @return a copy with the items alone
     */
    public PublishContent withoutCover() {
        return new PublishContent(kind, caption, items(), options);
    }

    /**
     * The only item of a post that is no carousel.
     *
     * @return the first item
     */
    public MediaPart item() {
        return parts.get(0);
    }

    /**
     * With another caption.
     *
     * @param next the caption
     * @return a copy
     */
    public PublishContent withCaption(String next) {
        return new PublishContent(kind, next, parts, options);
    }

    /**
     * One option.
     *
     * @param name its name
     * @return its value, or empty
     */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
