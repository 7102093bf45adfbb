package io.linkspan.spi;

import java.util.Objects;

/** What the platform says about a handle. */
public sealed interface HandleStatus {
    /**
     * It became a post.
     *
     * @param postId the id, or empty when the platform does not tell
     * @param detail what the platform said
     */
    record Published(String postId, String detail) implements HandleStatus {
        /**
         * Checks the arguments.
         *
         * @param postId the id, or empty when the platform does not tell
         * @param detail what the platform said
         */
        public Published {
            postId = Texts.cleaned(Objects.requireNonNull(postId, "postId"), Texts.MOST_ID);
            detail = Texts.cleaned(Objects.requireNonNull(detail, "detail"), 2048);
        }
    }

    /**
     * It reached the inbox of the person, who decides in the app whether it becomes a post; the end of what an app can do.
     *
     * @param instruction what the person has to do, one sentence
     * @param detail what the platform said
     */
    record Delivered(String instruction, String detail) implements HandleStatus {
        /**
         * Checks the arguments.
         *
         * @param instruction what the person has to do, one sentence
         * @param detail what the platform said
         */
        public Delivered {
            instruction = Texts.cleaned(Objects.requireNonNull(instruction, "instruction"), 2048);
            detail = Texts.cleaned(Objects.requireNonNull(detail, "detail"), 2048);
        }
    }

    /**
     * The platform knows no name for it, because the answer that held the name was lost. Only what was served at the
     * attempt's own addresses can tell: Linkspan withdraws them, and an address that nobody ever asked for cannot become a
     * post any more.
     */
    record Nameless() implements HandleStatus {}

    /**
     * The platform works on it; a sign of life.
     *
     * @param detail what the platform said
     */
    record Processing(String detail) implements HandleStatus {
        /**
         * Checks the argument.
         *
         * @param detail what the platform said
         */
        public Processing {
            detail = Texts.cleaned(Objects.requireNonNull(detail, "detail"), 2048);
        }
    }

    /**
     * Prepared and not (yet) a post; no proof that a commit under way will not make it one.
     *
     * @param detail what the platform said
     */
    record NotPublished(String detail) implements HandleStatus {
        /**
         * Checks the argument.
         *
         * @param detail what the platform said
         */
        public NotPublished {
            detail = Texts.cleaned(Objects.requireNonNull(detail, "detail"), 2048);
        }
    }

    /**
     * The platform lacks bytes of the commit, and sending them again to the same handle cannot make a second post.
     *
     * @param handle the handle with the offset to go on from
     * @param detail what the platform said
     */
    record Incomplete(Handle handle, String detail) implements HandleStatus {
        /**
         * Checks the arguments.
         *
         * @param handle the handle with the offset to go on from
         * @param detail what the platform said
         */
        public Incomplete {
            Objects.requireNonNull(handle, "handle");
            detail = Texts.cleaned(Objects.requireNonNull(detail, "detail"), 2048);
        }
    }

    /**
     * It can never become a post.
     *
     * @param error what the platform said; {@link ErrorMeaning#retryable()} tells whether a new handle may help
     */
    record Dead(PlatformError error) implements HandleStatus {
        /**
         * Checks the argument.
         *
         * @param error what the platform said; {@link ErrorMeaning#retryable()} tells whether a new handle may help
         */
        public Dead {
            Objects.requireNonNull(error, "error");
        }
    }
}
