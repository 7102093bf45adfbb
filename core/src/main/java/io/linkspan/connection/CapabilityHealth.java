package io.linkspan.connection;

import java.time.Instant;
import java.util.Objects;

/** What is known about one capability of one connection. */
public sealed interface CapabilityHealth {
    /**
     * Which case this is.
     *
     * @return the case
     */
    Kind kind();

    /**
     * One sentence for people.
     *
     * @return the sentence
     */
    String describe();

    /** The cases. */
    enum Kind {
        /** It works. */
        READY,
        /** It does not work now. */
        BLOCKED,
        /** Nobody has looked, or looking did not tell. */
        UNKNOWN
    }

    /**
     * It works, by the evidence given.
     *
     * @param evidence the observation
     */
    record Ready(Evidence evidence) implements CapabilityHealth {
        /**
         * Checks the argument.
         *
         * @param evidence the observation
         */
        public Ready {
            Objects.requireNonNull(evidence, "evidence");
        }

        @Override
        public Kind kind() {
            return Kind.READY;
        }

        @Override
        public String describe() {
            return "ready (" + evidence.describe() + ")";
        }
    }

    /**
     * It does not work now.
     *
     * @param reason stable code, such as {@code scope_not_granted} or the platform's own code
     * @param evidence the observation
     * @param since when it was first seen blocked
     * @param remedy what to do, and who can do it
     */
    record Blocked(String reason, Evidence evidence, Instant since, String remedy) implements CapabilityHealth {
        /**
         * Checks the arguments.
         *
         * @param reason stable code, such as {@code scope_not_granted} or the platform's own code
         * @param evidence the observation
         * @param since when it was first seen blocked
         * @param remedy what to do, and who can do it
         */
        public Blocked {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(evidence, "evidence");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(remedy, "remedy");
        }

        @Override
        public Kind kind() {
            return Kind.BLOCKED;
        }

        @Override
        public String describe() {
            return "blocked: " + reason + " since " + since + " (" + evidence.describe() + "). " + remedy;
        }
    }

    /**
     * Nobody has looked, or looking did not tell.
     *
     * @param why the reason
     */
    record Unknown(String why) implements CapabilityHealth {
        /**
         * Checks the argument.
         *
         * @param why the reason
         */
        public Unknown {
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }

        @Override
        public String describe() {
            return "unknown: " + why;
        }
    }
}
