package io.linkspan.connection;

import io.linkspan.internal.explain.PlainWords;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /**
     * One sentence for people, with the age of what was seen.
     *
     * @param now the present moment
     * @return the sentence
     */
    String describe(Instant now);

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
     * @param attributes what the platform said beside it, by its own names; for an adapter's own types to read
     */
    record Ready(Evidence evidence, Map<String, String> attributes) implements CapabilityHealth {
        /**
         * Copies the map.
         *
         * @param evidence the observation
         * @param attributes what the platform said beside it, by its own names
         */
        public Ready {
            Objects.requireNonNull(evidence, "evidence");
            attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        }

        /**
         * It works, and nothing was said beside it.
         *
         * @param evidence the observation
         */
        public Ready(Evidence evidence) {
            this(evidence, Map.of());
        }

        @Override
        public Kind kind() {
            return Kind.READY;
        }

        @Override
        public String describe() {
            return "ready (" + evidence.describe() + ")";
        }

        @Override
        public String describe(Instant now) {
            return "ready: " + evidence.describe(now);
        }
    }

    /**
     * It does not work now.
     *
     * @param reason stable code, such as {@code scope_not_granted} or the platform's own code
     * @param cause why, cut by what has to change
     * @param actor who can do something
     * @param evidence the observation
     * @param since when it was first seen blocked for this reason
     * @param remedy what to do
     */
    record Blocked(String reason, CauseClass cause, Actor actor, Evidence evidence, Instant since, String remedy)
            implements CapabilityHealth {
        /**
         * Checks the arguments.
         *
         * @param reason stable code, such as {@code scope_not_granted} or the platform's own code
         * @param cause why, cut by what has to change
         * @param actor who can do something
         * @param evidence the observation
         * @param since when it was first seen blocked for this reason
         * @param remedy what to do
         */
        public Blocked {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(evidence, "evidence");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(remedy, "remedy");
        }

        @Override
        public Kind kind() {
            return Kind.BLOCKED;
        }

        /**
         * What kind of block it is, in one word.
         *
         * @return {@code quota-blocked} when time lifts it, {@code media-blocked} when the account or what it posts is the
         *     reason, {@code blocked} otherwise
         */
        public String word() {
            return switch (cause) {
                case QUOTA -> "quota-blocked";
                case ACCOUNT, CONTENT -> "media-blocked";
                case AUTHORIZATION, PERMISSION, TRANSIENT, CONFIGURATION, UNKNOWN -> "blocked";
            };
        }

        @Override
        public String describe() {
            return word() + ": " + reason + " since " + PlainWords.time(since) + " (" + evidence.describe() + "). "
                    + remedy;
        }

        @Override
        public String describe(Instant now) {
            return word() + ": " + reason + " since " + PlainWords.time(since) + "; " + evidence.describe(now);
        }
    }

    /**
     * Nobody has looked, or looking did not tell.
     *
     * @param why the reason
     * @param last what was seen the last time looking did tell, or null when it never did
     */
    record Unknown(String why, @Nullable Evidence last) implements CapabilityHealth {
        /**
         * Checks the arguments.
         *
         * @param why the reason
         * @param last what was seen the last time looking did tell, or null when it never did
         */
        public Unknown {
            Objects.requireNonNull(why, "why");
        }

        /**
         * Looking never told.
         *
         * @param why the reason
         */
        public Unknown(String why) {
            this(why, null);
        }

        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }

        @Override
        public String describe() {
            return "unknown: " + why + (last == null ? "" : "; last: " + last.describe());
        }

        @Override
        public String describe(Instant now) {
            return "unknown: " + why + (last == null ? "" : "; last: " + last.describe(now));
        }
    }
}
