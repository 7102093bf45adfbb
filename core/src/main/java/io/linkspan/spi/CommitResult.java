package io.linkspan.spi;

import java.util.Objects;

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
            Objects.requireNonNull(postId, "postId");
        }
    }

    /** The platform has everything and works on it; its status tells the rest. */
    record Accepted() implements CommitResult {}
}
