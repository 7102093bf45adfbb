package io.linkspan.preflight;

import java.time.LocalDate;
import java.util.Objects;

/**
 * Which rules a report rests on.
 *
 * @param id the pack, such as {@code tiktok}
 * @param version the day the pack was last edited
 */
public record PackVersion(String id, LocalDate version) {
    /**
     * Checks that nothing is missing.
     *
     * @param id the pack, such as {@code tiktok}
     * @param version the day the pack was last edited
     */
    public PackVersion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(version, "version");
    }

    /**
     * The pack and its version in one word.
     *
     * @return for example {@code tiktok@2026-11-21}
     */
    @Override
    public String toString() {
        return id + "@" + version;
    }
}
