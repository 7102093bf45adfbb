package io.linkspan.spi;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How far the preparation of an attempt came. A handle is stored before anything else happens. */
public sealed interface PrepareStep {
    /**
     * One step done; the next can follow at once.
     *
     * @param handle the handle
     */
    record Advanced(Handle handle) implements PrepareStep {
        /**
         * Checks the argument.
         *
         * @param handle the handle
         */
        public Advanced {
            Objects.requireNonNull(handle, "handle");
        }
    }

    /**
     * The platform is busy with it.
     *
     * @param handle the handle
     * @param pause when to look again
     * @param detail what the platform said
     */
    record Waiting(Handle handle, Duration pause, String detail) implements PrepareStep {
        /**
         * Checks the arguments.
         *
         * @param handle the handle
         * @param pause when to look again
         * @param detail what the platform said
         */
        public Waiting {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(pause, "pause");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * Ready to commit.
     *
     * @param handle the handle
     * @param findings what the platform found in what it holds now; one that blocks unless it was waived ends the job before its commit,
     *     the others are kept as evidence
     */
    record Ready(Handle handle, List<Problem> findings) implements PrepareStep {
        /**
         * Checks the arguments and copies the list.
         *
         * @param handle the handle
         * @param findings what the platform found in what it holds now
         */
        public Ready {
            Objects.requireNonNull(handle, "handle");
            findings = List.copyOf(findings);
        }

        /**
         * Without findings.
         *
         * @param handle the handle
         */
        public Ready(Handle handle) {
            this(handle, List.of());
        }
    }

    /**
     * The handle is a post already, by a commit that the store does not remember, as after a restored back-up. Nothing is
     * sent again.
     *
     * @param handle the handle
     * @param detail what the platform said
     */
    record Landed(Handle handle, String detail) implements PrepareStep {
        /**
         * Checks the arguments.
         *
         * @param handle the handle
         * @param detail what the platform said
         */
        public Landed {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * A request did not get through, and the attempt goes on with this handle when the platform answers again.
     *
     * @param handle the handle
     * @param error what the platform said
     */
    record Interrupted(Handle handle, PlatformError error) implements PrepareStep {
        /**
         * Checks the arguments.
         *
         * @param handle the handle
         * @param error what the platform said
         */
        public Interrupted {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * The handle cannot become a post any more, for example because the platform refused the media.
     *
     * @param handle the handle
     * @param error what the platform said
     */
    record Dead(Handle handle, PlatformError error) implements PrepareStep {
        /**
         * Checks the arguments.
         *
         * @param handle the handle
         * @param error what the platform said
         */
        public Dead {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * Nothing was done, because a known limit stands in the way; the next try follows when it has passed.
     *
     * @param limit the limit, remembered for the other jobs of its scope
     */
    record Postponed(QuotaBlock limit) implements PrepareStep {
        /**
         * Checks the argument.
         *
         * @param limit the limit, remembered for the other jobs of its scope
         */
        public Postponed {
            Objects.requireNonNull(limit, "limit");
        }
    }
}
