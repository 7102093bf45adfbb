package io.linkspan.spi;

import java.util.Objects;
import java.util.function.Function;

/**
 * A conversation with a platform as a value: the next request and how its answer leads on, or the end. An adapter
 * describes it, Linkspan sends it, so that retries, deadlines, staging and logging are decided in one place and an adapter
 * can be tested without a network.
 *
 * @param <T> what the conversation is for
 */
public sealed interface Flow<T> {
    /**
     * The end.
     *
     * @param outcome what it came to
     * @param <T> the type of the result
     */
    record Finished<T>(Outcome<T> outcome) implements Flow<T> {
        /**
         * Checks the argument.
         *
         * @param outcome what it came to
         */
        public Finished {
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * A request to send now.
     *
     * @param call the request
     * @param next reads the answer and says what follows; pure
     * @param <T> the type of the result
     */
    record Call<T>(HttpCall call, Function<HttpResult, Flow<T>> next) implements Flow<T> {
        /**
         * Checks the arguments.
         *
         * @param call the request
         * @param next reads the answer and says what follows; pure
         */
        public Call {
            Objects.requireNonNull(call, "call");
            Objects.requireNonNull(next, "next");
        }
    }

    /**
     * The end.
     *
     * @param outcome what it came to
     * @param <T> the type of the result
     * @return the flow
     */
    static <T> Flow<T> finished(Outcome<T> outcome) {
        return new Finished<>(outcome);
    }

    /**
     * A success without any request.
     *
     * @param value the result
     * @param <T> its type
     * @return the flow
     */
    static <T> Flow<T> of(T value) {
        return new Finished<>(Outcome.done(value));
    }

    /**
     * One request whose answer ends the conversation.
     *
     * @param call the request
     * @param read reads the answer; pure
     * @param <T> the type of the result
     * @return the flow
     */
    static <T> Flow<T> call(HttpCall call, Function<HttpResult, Outcome<T>> read) {
        return new Call<>(call, result -> new Finished<>(read.apply(result)));
    }

    /**
     * Goes on after a success; any other outcome ends the whole.
     *
     * @param next what follows, from the result so far
     * @param <R> the type of the new result
     * @return the longer flow
     */
    @SuppressWarnings("unchecked") // an outcome that is not Done holds no T
    default <R> Flow<R> then(Function<? super T, Flow<R>> next) {
        if (this instanceof Finished<T>) {
            Outcome<T> outcome = ((Finished<T>) this).outcome();
            return outcome instanceof Outcome.Done<T>
                    ? next.apply(((Outcome.Done<T>) outcome).value())
                    : new Finished<>((Outcome<R>) outcome);
        }
        Call<T> call = (Call<T>) this;
        return new Call<>(call.call(), result -> call.next().apply(result).then(next));
    }
}
