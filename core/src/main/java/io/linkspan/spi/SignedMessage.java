package io.linkspan.spi;

import java.util.List;
import java.util.Objects;

/** A message from a platform after the check of its signature. */
public sealed interface SignedMessage {
    /**
     * Not authentic, too old, or malformed.
     *
     * @param why the reason, without any of its content
     */
    record Rejected(String why) implements SignedMessage {
        /**
         * Checks the argument.
         *
         * @param why the reason, without any of its content
         */
        public Rejected {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * Authentic.
     *
     * @param events what it says; each is a hint to look, not a verdict
     */
    record Authentic(List<PlatformEvent> events) implements SignedMessage {
        /**
         * Copies the list.
         *
         * @param events what it says; each is a hint to look, not a verdict
         */
        public Authentic {
            events = List.copyOf(events);
        }
    }
}
