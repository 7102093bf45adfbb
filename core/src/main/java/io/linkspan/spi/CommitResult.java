package io.linkspan.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a successful commit answered. */
public sealed interface CommitResult {
    /**
     * The post exists.
     *
     * @param postId its id
     */
    record Published(String postId) implements CommitResult {
        /**
         * Checks the argument.
         *
         * @param postId its id
         */
        public Published {
            postId = Texts.cleaned(Objects.requireNonNull(postId, "postId"), Texts.MOST_ID);
        }
    }

    /**
     * The platform has everything and works on it; its status tells the rest.
     *
     * @param handle the handle under which it goes on, when the answer brought another one, or null to keep the present one
     */
    record Accepted(@Nullable Handle handle) implements CommitResult {
        /** Under the present handle. */
        public Accepted() {
            this(null);
        }
    }
}
