package io.linkspan.preflight;

import java.util.Objects;

/**
 * A place where a file contradicts itself or ends early.
 *
 * @param what what is wrong there, for people
 * @param path the boxes or segments that lead there, such as {@code moov/trak/mdia}; empty for the file itself
 * @param offset the position in the file in bytes, 0 or more
 */
public record Damage(String what, String path, long offset) {
    /**
     * Checks that nothing is missing.
     *
     * @param what what is wrong there, for people
     * @param path the boxes or segments that lead there, such as {@code moov/trak/mdia}; empty for the file itself
     * @param offset the position in the file in bytes, 0 or more
     */
    public Damage {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(path, "path");
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative, was " + offset);
        }
    }

    /**
     * The damage in one line.
     *
     * @return what is wrong, and where
     */
    @Override
    public String toString() {
        return what + " (at byte " + offset + (path.isEmpty() ? "" : " in " + path) + ")";
    }
}
