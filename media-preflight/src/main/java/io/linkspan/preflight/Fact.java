package io.linkspan.preflight;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing known, or not, about a file. The four states are kept apart so that "could not read it" never passes for
 * "nothing wrong".
 *
 * @param <T> the type of the value
 */
public sealed interface Fact<T> {
    /** The states, for a {@code switch}. */
    enum State {
        /** There is a value. */
        KNOWN,
        /** The file has no such thing. */
        ABSENT,
        /** There may be a value, but it was not learned. */
        UNKNOWN,
        /** The question makes no sense for this file. */
        NOT_APPLICABLE
    }

    /**
     * Which state this is.
     *
     * @return the state
     */
    State state();

    /**
     * The value where there is one.
     *
     * @return the value of {@link Known}, else empty
     */
    default Optional<T> known() {
        return Optional.empty();
    }

    /**
     * The value was read.
     *
     * @param <T> the type of the value
     * @param value the value
     */
    record Known<T>(T value) implements Fact<T> {
        /**
         * Checks that there is a value.
         *
         * @param value the value
         */
        public Known {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public State state() {
            return State.KNOWN;
        }

        @Override
        public Optional<T> known() {
            return Optional.of(value);
        }
    }

    /**
     * The file was read and has no such thing, for example no sound.
     *
     * @param <T> the type of the value
     */
    record Absent<T>() implements Fact<T> {
        @Override
        public State state() {
            return State.ABSENT;
        }
    }

    /**
     * The value was not learned.
     *
     * @param <T> the type of the value
     * @param reason why, for people
     */
    record Unknown<T>(String reason) implements Fact<T> {
        /**
         * Checks that there is a reason.
         *
         * @param reason why, for people
         */
        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public State state() {
            return State.UNKNOWN;
        }
    }

    /**
     * The question makes no sense for this file, for example the frame rate of a JPEG.
     *
     * @param <T> the type of the value
     */
    record NotApplicable<T>() implements Fact<T> {
        @Override
        public State state() {
            return State.NOT_APPLICABLE;
        }
    }
}
