package io.linkspan;

import io.linkspan.spi.Texts;
import java.util.Objects;

/**
 * The name of a platform, such as {@code tiktok}. Adapters bring theirs as a constant.
 *
 * @param name lower-case letters, digits and dashes; at most 32
 */
public record Platform(String name) {
    /**
     * Checks the form of the name.
     *
     * @param name lower-case letters, digits and dashes; at most 32
     */
    public Platform {
        if (!Objects.requireNonNull(name, "name").matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "platform name must be lower-case letters, digits and dashes (at most 32), was: "
                            + Texts.shown(name));
        }
    }

    /**
     * A platform by name.
     *
     * @param name its name
     * @return the platform
     */
    public static Platform of(String name) {
        return new Platform(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
