package io.linkspan.spi;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a successful commit answered. */
public sealed interface CommitResult {
    /**
     * The post exists.
     *
     * @param postId its id
     * @param attributes what else the answer said, by the platform's own names; kept as evidence, never a secret
     */
    record Published(String postId, Map<String, String> attributes) implements CommitResult {
        /**
         * Checks the arguments and copies the map.
         *
         * @param postId its id
         * @param attributes what else the answer said, by the platform's own names
         */
        public Published {
            postId = Texts.cleaned(Objects.requireNonNull(postId, "postId"), Texts.MOST_ID);
            attributes = Texts.cleaned(attributes);
        }

        /**
         * An answer with the id alone.
         *
         * @param postId its id
         */
        public Published(String postId) {
            this(postId, Map.of());
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
