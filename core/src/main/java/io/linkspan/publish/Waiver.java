package io.linkspan.publish;

import java.util.Objects;

/**
 * The host's word that a post goes out in spite of one named finding. Kept with the publication.
 *
 * @param finding id of the finding, such as {@code ig.video.aspect}
 * @param reason who decided it and why; 1 to 500 characters
 */
public record Waiver(String finding, String reason) {
    /**
     * Checks the arguments.
     *
     * @param finding id of the finding, such as {@code ig.video.aspect}
     * @param reason who decided it and why; 1 to 500 characters
     */
    public Waiver {
        Objects.requireNonNull(finding, "finding");
        if (Objects.requireNonNull(reason, "reason").isBlank() || reason.length() > 500) {
            throw new IllegalArgumentException(
                    "the reason of a waiver must have 1 to 500 characters, had " + reason.length());
        }
    }
}
