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
     * @param signedWith which of the configured secrets signed it, from 0; tells when an old one is out of use
     * @param signed what the signature covers, or the signature itself; a repeat with the same value is the same message, whatever
     *     unsigned headers or fields came with it. Empty when the signature covers the whole body
     */
    record Authentic(List<PlatformEvent> events, int signedWith, String signed) implements SignedMessage {
        /**
         * Copies the list.
         *
         * @param events what it says; each is a hint to look, not a verdict
         * @param signedWith which of the configured secrets signed it, from 0; tells when an old one is out of use
         * @param signed what the signature covers, or the signature itself; empty when the signature covers the whole body
         */
        public Authentic {
            events = List.copyOf(events);
            Objects.requireNonNull(signed, "signed");
        }

        /**
         * Signed over the whole body.
         *
         * @param events what it says
         * @param signedWith which of the configured secrets signed it, from 0
         */
        public Authentic(List<PlatformEvent> events, int signedWith) {
            this(events, signedWith, "");
        }

        /**
         * Signed with the first secret.
         *
         * @param events what it says
         */
        public Authentic(List<PlatformEvent> events) {
            this(events, 0);
        }
    }
}
