package io.linkspan.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The texts of a profile that an app can read.
 *
 * @param readable text by the platform's field name; an empty text was read and is empty
 * @param notReadable why the rest, or all of it, cannot be read and what would help; empty when everything was
 */
public record ProfileFields(Map<String, String> readable, String notReadable) {
    /**
     * Copies the map.
     *
     * @param readable text by the platform's field name
     * @param notReadable why the rest cannot be read
     */
    public ProfileFields {
        readable = Collections.unmodifiableMap(new TreeMap<>(readable));
        Objects.requireNonNull(notReadable, "notReadable");
    }

    /**
     * Nothing can be read.
     *
     * @param why the reason, and what would help
     * @return the fields
     */
    public static ProfileFields none(String why) {
        return new ProfileFields(Map.of(), why);
    }
}
