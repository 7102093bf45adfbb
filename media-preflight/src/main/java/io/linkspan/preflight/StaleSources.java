package io.linkspan.preflight;

import java.util.Objects;

/**
 * A rule pack that was more than 90 days old on the day of the check. It concerns the rules, not the media, so it changes
 * no verdict.
 *
 * @param pack the rules
 * @param days the age of the pack in days, counted from its version
 */
public record StaleSources(PackVersion pack, long days) {
    /**
     * Checks the pack.
     *
     * @param pack the rules
     * @param days the age of the pack in days
     */
    public StaleSources {
        Objects.requireNonNull(pack, "pack");
    }

    /**
     * The age in a sentence, with the remedy.
     *
     * @return for example {@code The rules of tiktok@2026-11-30 are 184 days old. Platforms change their limits without
     *     notice; use a newer pack.}
     */
    @Override
    public String toString() {
        return "The rules of " + pack + " are " + days
                + " days old. Platforms change their limits without notice; use a newer pack.";
    }
}
