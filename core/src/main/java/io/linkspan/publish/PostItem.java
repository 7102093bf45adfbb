package io.linkspan.publish;

import io.linkspan.Platform;
import io.linkspan.spi.MediaPart;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One item of a post. Immutable.
 *
 * @param type video or image
 * @param media where its bytes are
 * @param options options of this item by platform name, such as an alternative text
 */
public record PostItem(MediaPart.Type type, Media media, Map<String, Map<String, String>> options) {
    /**
     * Copies the options.
     *
     * @param type video or image
     * @param media where its bytes are
     * @param options options of this item by platform name
     */
    public PostItem {
        Objects.requireNonNull(type, "type");
        Entrance.checked(Objects.requireNonNull(media, "media"));
        Map<String, Map<String, String>> copy = new TreeMap<>();
        options.forEach((platform, values) -> copy.put(platform, Entrance.checked(platform, values)));
        options = Collections.unmodifiableMap(copy);
    }

    /**
     * An image.
     *
     * @param file the file
     * @return the item
     */
    public static PostItem image(Path file) {
        return image(Media.file(file));
    }

    /**
     * An image.
     *
     * @param media where its bytes are
     * @return the item
     */
    public static PostItem image(Media media) {
        return new PostItem(MediaPart.Type.IMAGE, media, Map.of());
    }

    /**
     * A video.
     *
     * @param file the file
     * @return the item
     */
    public static PostItem video(Path file) {
        return video(Media.file(file));
    }

    /**
     * A video.
     *
     * @param media where its bytes are
     * @return the item
     */
    public static PostItem video(Media media) {
        return new PostItem(MediaPart.Type.VIDEO, media, Map.of());
    }

    /**
     * With options for one platform, replacing those given before.
     *
     * @param platform the platform
     * @param values options by the adapter's names
     * @return a copy
     */
    public PostItem options(Platform platform, Map<String, String> values) {
        Map<String, Map<String, String>> next = new LinkedHashMap<>(options);
        next.put(platform.name(), values);
        return new PostItem(type, media, next);
    }

    /**
     * The options a platform gets.
     *
     * @param platform the platform
     * @return its options; empty when none were given
     */
    public Map<String, String> optionsFor(Platform platform) {
        return options.getOrDefault(platform.name(), Map.of());
    }
}
