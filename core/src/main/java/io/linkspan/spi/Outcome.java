package io.linkspan.spi;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an operation at a platform came to. Anything that is not provably one of the first three is {@link Unclear}.
 *
 * @param <T> what a success holds
 */
public sealed interface Outcome<T> {
    /**
     * Provably nothing reached the platform.
     *
     * @param why the reason
     * @param <T> what a success would hold
     */
    record NotSent<T>(String why) implements Outcome<T> {
        /**
         * Checks the argument.
         *
         * @param why the reason
         */
        public NotSent {
            why = Texts.cleaned(Objects.requireNonNull(why, "why"), 2048);
        }
    }

    /**
     * The platform said no, and its answer is on the operation's list of definite answers: nothing happened.
     *
     * @param error the platform's answer
     * @param <T> what a success would hold
     */
    record Refused<T>(PlatformError error) implements Outcome<T> {
        /**
         * Checks the argument.
         *
         * @param error the platform's answer
         */
        public Refused {
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * A complete, well-formed success.
     *
     * @param value the result
     * @param <T> its type
     */
    record Done<T>(T value) implements Outcome<T> {
        /**
         * Checks the argument.
         *
         * @param value the result
         */
        public Done {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * The operation may or may not have taken effect.
     *
     * @param why the reason, without secrets
     * @param error the platform's answer when there was a readable one that is not definite, or null
     * @param <T> what a success would hold
     */
    record Unclear<T>(String why, @Nullable PlatformError error) implements Outcome<T> {
        /**
         * Checks the argument.
         *
         * @param why the reason, without secrets
         * @param error the platform's answer when there was a readable one that is not definite, or null
         */
        public Unclear {
            why = Texts.cleaned(Objects.requireNonNull(why, "why"), 2048);
        }
    }

    /**
     * A success.
     *
     * @param value the result
     * @param <T> its type
     * @return the outcome
     */
    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /**
     * The result of a success.
     *
     * @return the result, or empty for the other cases
     */
    default Optional<T> result() {
        return this instanceof Done<T> ? Optional.of(((Done<T>) this).value()) : Optional.empty();
    }

    /**
     * The platform's answer, when there was a readable one.
     *
     * @return the answer
     */
    default Optional<PlatformError> refusal() {
        if (this instanceof Refused<T>) {
            return Optional.of(((Refused<T>) this).error());
        }
        return this instanceof Unclear<T> ? Optional.ofNullable(((Unclear<T>) this).error()) : Optional.empty();
    }

    /**
     * One line for people and logs.
     *
     * @return the line
     */
    default String describe() {
        if (this instanceof Done<T>) {
            return "done";
        }
        if (this instanceof NotSent<T>) {
            return "not sent: " + ((NotSent<T>) this).why();
        }
        if (this instanceof Refused<T>) {
            return "refused: " + ((Refused<T>) this).error().describe();
        }
        return "unclear: " + ((Unclear<T>) this).why();
    }

    /**
     * Changes the result of a success and keeps the other cases.
     *
     * @param change applied to the result
     * @param <R> the new type
     * @return the changed outcome
     */
    @SuppressWarnings("unchecked") // the other cases hold no T
    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return this instanceof Done<T> ? new Done<>(change.apply(((Done<T>) this).value())) : (Outcome<R>) this;
    }
}
