package io.linkspan.spi;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A post as the platform shows it.
 *
 * @param postId its id, or empty when not known
 * @param permalink its public address, or null when not known
 */
public record PublishedPost(String postId, @Nullable URI permalink) {
    /**
     * Checks the argument.
     *
     * @param postId its id, or empty when not known
     * @param permalink its public address, or null when not known
     */
    public PublishedPost {
        postId = Texts.cleaned(Objects.requireNonNull(postId, "postId"), Texts.MOST_ID);
    }
}
