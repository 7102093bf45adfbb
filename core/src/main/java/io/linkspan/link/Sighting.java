package io.linkspan.link;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.explain.PlainWords;
import java.time.Instant;
import java.util.Objects;

/** Whether one profile shows the other account, and how we know. */
public sealed interface Sighting {
    /**
     * Which case this is.
     *
     * @return the case
     */
    Kind kind();

    /**
     * One sentence for people, with the age of what was seen.
     *
     * @param now the present moment
     * @return the sentence
     */
    String describe(Instant now);

    /** The cases. */
    enum Kind {
        /** {@link Found}. */
        FOUND,
        /** {@link NotFound}. */
        NOT_FOUND,
        /** {@link NotReadable}. */
        NOT_READABLE,
        /** {@link Attested}. */
        ATTESTED
    }

    /**
     * A field of the profile names the other account.
     *
     * @param where the platform's field name
     * @param evidence the observation
     */
    record Found(String where, Evidence evidence) implements Sighting {
        /**
         * Checks the arguments.
         *
         * @param where the platform's field name
         * @param evidence the observation
         */
        public Found {
            Objects.requireNonNull(where, "where");
            Objects.requireNonNull(evidence, "evidence");
        }

        @Override
        public Kind kind() {
            return Kind.FOUND;
        }

        @Override
        public String describe(Instant now) {
            return "found in " + where + ": " + evidence.describe(now);
        }
    }

    /**
     * The fields that can be read do not name the other account.
     *
     * @param evidence the observation
     */
    record NotFound(Evidence evidence) implements Sighting {
        /**
         * Checks the argument.
         *
         * @param evidence the observation
         */
        public NotFound {
            Objects.requireNonNull(evidence, "evidence");
        }

        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String describe(Instant now) {
            return "not found: " + evidence.describe(now);
        }
    }

    /**
     * The platform does not let us look; only a person can say.
     *
     * @param why the reason, and what would help
     */
    record NotReadable(String why) implements Sighting {
        /**
         * Checks the argument.
         *
         * @param why the reason, and what would help
         */
        public NotReadable {
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Kind kind() {
            return Kind.NOT_READABLE;
        }

        @Override
        public String describe(Instant now) {
            return "not readable: " + why;
        }
    }

    /**
     * A person looked at the profile and saw it.
     *
     * @param person who
     * @param at when
     * @param what what was seen, in their words
     */
    record Attested(String person, Instant at, String what) implements Sighting {
        /**
         * Checks the arguments.
         *
         * @param person who
         * @param at when
         * @param what what was seen, in their words
         */
        public Attested {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(what, "what");
        }

        @Override
        public Kind kind() {
            return Kind.ATTESTED;
        }

        @Override
        public String describe(Instant now) {
            return "attested by " + person + " at " + PlainWords.time(at) + " ("
                    + new Evidence("person", at, "seen", "").ageInWords(now) + "): " + what;
        }
    }
}
