package io.linkspan.testkit.sim;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Something that goes wrong with one request to a simulator.
 *
 * <p>Every fault says whether the request takes effect: <em>before</em> means that the simulator did nothing,
 * <em>after</em> means that everything happened (a token was rotated, a post went live) and only the answer suffered.
 *
 * <p>{@linkplain SimPlatform#transport() Without sockets} nothing waits: a delay or dripping answer of 30 seconds or more
 * is lost, a shorter one is answered, and what a test does during a hold runs on the calling thread.
 */
public sealed interface Fault {

    /** Serves the request as usual; fills a place in a script, to fault the third call only. */
    record Pass() implements Fault {}

    /**
     * Closes the connection without any answer.
     *
     * @param effect whether the request takes effect
     */
    record Drop(boolean effect) implements Fault {}

    /**
     * Closes the connection without any answer and hands the effect to the test, which applies it when it likes.
     *
     * @param later receives the effect; running it twice applies it twice
     */
    record DropThenEffect(Consumer<Runnable> later) implements Fault {}

    /**
     * Answers with fixed content.
     *
     * @param effect whether the request takes effect
     * @param status the HTTP status
     * @param contentType the content type of the answer
     * @param body the answer
     * @param headers further response headers
     */
    record Answer(boolean effect, int status, String contentType, String body, Map<String, String> headers)
            implements Fault {
        /**
         * Copies the headers.
         *
         * @param effect whether the request takes effect
         * @param status the HTTP status
         * @param contentType the content type of the answer
         * @param body the answer
         * @param headers further response headers
         */
        public Answer {
            headers = Map.copyOf(headers);
        }

        /**
         * Adds a response header, such as {@code Retry-After}.
         *
         * @param name header name
         * @param value header value
         * @return a copy with the header
         */
        public Answer withHeader(String name, String value) {
            Map<String, String> all = new TreeMap<>(headers);
            all.put(name, value);
            return new Answer(effect, status, contentType, body, all);
        }
    }

    /**
     * Answers with an error in the envelope that the platform uses on the called endpoint.
     *
     * @param effect whether the request takes effect
     * @param status the HTTP status
     * @param code the platform's code: {@code rate_limit_exceeded} on TikTok, {@code 4/2207051} or {@code 190} on
     *     Instagram
     * @param message the platform's message
     * @param headers further response headers
     */
    record VendorError(boolean effect, int status, String code, String message, Map<String, String> headers)
            implements Fault {
        /**
         * Copies the headers.
         *
         * @param effect whether the request takes effect
         * @param status the HTTP status
         * @param code the platform's code
         * @param message the platform's message
         * @param headers further response headers
         */
        public VendorError {
            headers = Map.copyOf(headers);
        }

        /**
         * Adds a response header, such as {@code Retry-After}.
         *
         * @param name header name
         * @param value header value
         * @return a copy with the header
         */
        public VendorError withHeader(String name, String value) {
            Map<String, String> all = new TreeMap<>(headers);
            all.put(name, value);
            return new VendorError(effect, status, code, message, all);
        }
    }

    /**
     * The request takes effect, the answer is damaged.
     *
     * @param connection {@code true}: the announced length is right and the connection closes half way;
     *     {@code false}: a complete answer of status 200 holds half a JSON document
     */
    record Cut(boolean connection) implements Fault {}

    /**
     * Runs something between two steps of a request.
     *
     * @param effectFirst whether the request takes effect before the pause, or only after it
     * @param during runs on the thread that serves the request; the answer is written when it returns
     */
    record Hold(boolean effectFirst, Runnable during) implements Fault {}

    /**
     * Waits in real time, ended early when the simulator closes.
     *
     * @param effectFirst whether the request takes effect before the pause, or only after it
     * @param pause how long
     */
    record Delay(boolean effectFirst, Duration pause) implements Fault {}

    /**
     * The request takes effect, the answer drips out.
     *
     * @param step bytes per write
     * @param pause real time between two writes
     */
    record Drip(int step, Duration pause) implements Fault {}

    /**
     * The request never reaches the platform; nothing is noted in the ledger.
     *
     * <p>Over sockets, where the simulator cannot be missed, the connection closes without an answer.
     *
     * @param why what a transport would say: name not resolved, connection refused, TLS failure
     */
    record NotReached(String why) implements Fault {}

    /**
     * Never answers: over sockets the connection stays open and silent until the simulator closes.
     *
     * @param effect whether the request takes effect
     */
    record Silence(boolean effect) implements Fault {}

    /**
     * Answers with an error and hands the effect to the test, which applies it when it likes.
     *
     * @param error the answer; whether it says that there is an effect does not matter
     * @param later receives the effect; running it twice applies it twice
     */
    record ErrorThenEffect(VendorError error, Consumer<Runnable> later) implements Fault {}

    /**
     * The request takes effect, the answer lacks a field.
     *
     * @param field name of a JSON field, left out wherever it is
     */
    record WithoutField(String field) implements Fault {}

    /**
     * Another fault, then something else that happens before the caller goes on.
     *
     * @param fault what goes wrong with this request
     * @param next what happens afterwards: a token dies, the person removes the app, reads begin to fail
     */
    record Followed(Fault fault, Runnable next) implements Fault {}

    /** {@return a fault that is none, to fill a place in a script} */
    static Fault none() {
        return new Pass();
    }

    /** {@return the connection closes, nothing happened} */
    static Fault dropBefore() {
        return new Drop(false);
    }

    /** {@return the connection closes, everything happened} */
    static Fault dropAfter() {
        return new Drop(true);
    }

    /** {@return the name of the platform's host cannot be resolved} */
    static Fault unknownHost() {
        return new NotReached("name not resolved");
    }

    /** {@return nobody listens} */
    static Fault connectionRefused() {
        return new NotReached("connection refused");
    }

    /** {@return the TLS handshake fails} */
    static Fault tlsFailure() {
        return new NotReached("TLS handshake failed");
    }

    /** {@return no answer ever, nothing happened} */
    static Fault timeoutBefore() {
        return new Silence(false);
    }

    /** {@return no answer ever, everything happened} */
    static Fault timeoutAfter() {
        return new Silence(true);
    }

    /**
     * An error answer; the test decides when the effect happens.
     *
     * @param status the HTTP status
     * @param code the platform's code, see {@link VendorError#code()}
     * @param message the platform's message
     * @param later receives the effect
     * @return the fault
     */
    static Fault errorThenEffect(int status, String code, String message, Consumer<Runnable> later) {
        return new ErrorThenEffect(errorBefore(status, code, message), Objects.requireNonNull(later, "later"));
    }

    /**
     * Everything happens, the answer lacks a field.
     *
     * @param field name of a JSON field
     * @return the fault
     */
    static Fault withoutField(String field) {
        return new WithoutField(Objects.requireNonNull(field, "field"));
    }

    /**
     * A fault and then an event, before the caller goes on: a lost answer after which reads fail for a while, a token
     * that dies between two calls.
     *
     * @param fault what goes wrong; {@link #none()} for nothing
     * @param next runs after the request was carried out and before it is answered
     * @return the fault
     */
    static Fault followedBy(Fault fault, Runnable next) {
        return new Followed(Objects.requireNonNull(fault, "fault"), Objects.requireNonNull(next, "next"));
    }

    /**
     * An answer of JSON larger than anybody should take.
     *
     * @param effect whether the request takes effect
     * @param bytes how large
     * @return the fault
     */
    static Answer hugeAnswer(boolean effect, int bytes) {
        return new Answer(effect, 200, "application/json", "{\"pad\":\"" + "x".repeat(bytes) + "\"}", Map.of());
    }

    /**
     * An answer of JSON nested deeper than anybody should follow.
     *
     * @param effect whether the request takes effect
     * @param depth how deep
     * @return the fault
     */
    static Answer deepAnswer(boolean effect, int depth) {
        return new Answer(effect, 200, "application/json", "[".repeat(depth) + "]".repeat(depth), Map.of());
    }

    /**
     * Sends the caller elsewhere although everything happened.
     *
     * @param target where to
     * @return the fault
     */
    static Answer redirectAfter(URI target) {
        return answerAfter(302, "text/plain", "").withHeader("Location", target.toString());
    }

    /**
     * The connection closes; the test decides when the effect happens. Bytes of an upload are kept until then.
     *
     * @param later receives the effect
     * @return the fault
     */
    static Fault dropThenEffect(Consumer<Runnable> later) {
        return new DropThenEffect(Objects.requireNonNull(later, "later"));
    }

    /** {@return HTTP 500 with the platform's usual words, nothing happened} */
    static VendorError serverErrorBefore() {
        return new VendorError(false, 500, "", "", Map.of());
    }

    /** {@return HTTP 500 with the platform's usual words, everything happened} */
    static VendorError serverErrorAfter() {
        return new VendorError(true, 500, "", "", Map.of());
    }

    /**
     * An error answer, nothing happened.
     *
     * @param status the HTTP status
     * @param code the platform's code, see {@link VendorError#code()}
     * @param message the platform's message
     * @return the fault
     */
    static VendorError errorBefore(int status, String code, String message) {
        return new VendorError(false, status, code, message, Map.of());
    }

    /**
     * An error answer although everything happened.
     *
     * @param status the HTTP status
     * @param code the platform's code, see {@link VendorError#code()}
     * @param message the platform's message
     * @return the fault
     */
    static VendorError errorAfter(int status, String code, String message) {
        return new VendorError(true, status, code, message, Map.of());
    }

    /**
     * Any answer, nothing happened.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param body the answer
     * @return the fault
     */
    static Answer answerBefore(int status, String contentType, String body) {
        return new Answer(false, status, contentType, body, Map.of());
    }

    /**
     * Any answer although everything happened.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param body the answer
     * @return the fault
     */
    static Answer answerAfter(int status, String contentType, String body) {
        return new Answer(true, status, contentType, body, Map.of());
    }

    /**
     * Sends the caller elsewhere, nothing happened.
     *
     * @param target where to
     * @return the fault
     */
    static Answer redirect(URI target) {
        return answerBefore(302, "text/plain", "").withHeader("Location", target.toString());
    }

    /** {@return HTTP 200 with half a JSON document, everything happened} */
    static Fault cutJson() {
        return new Cut(false);
    }

    /** {@return the connection closes in the middle of the answer, everything happened} */
    static Fault cutConnection() {
        return new Cut(true);
    }

    /**
     * Everything happens, then the test holds the answer: the place to kill a worker between effect and answer.
     *
     * @param during runs before the answer is written
     * @return the fault
     */
    static Fault hold(Runnable during) {
        return new Hold(true, Objects.requireNonNull(during, "during"));
    }

    /**
     * The test holds the request before anything happens; it happens when the test lets go.
     *
     * @param during runs before the effect
     * @return the fault
     */
    static Fault holdBefore(Runnable during) {
        return new Hold(false, Objects.requireNonNull(during, "during"));
    }

    /**
     * Everything happens at once, the answer comes late.
     *
     * @param pause real time
     * @return the fault
     */
    static Fault delay(Duration pause) {
        return new Delay(true, Objects.requireNonNull(pause, "pause"));
    }

    /**
     * Everything happens late, whether or not the caller still waits.
     *
     * @param pause real time
     * @return the fault
     */
    static Fault delayBefore(Duration pause) {
        return new Delay(false, Objects.requireNonNull(pause, "pause"));
    }

    /**
     * Everything happens, the answer drips out.
     *
     * @param step bytes per write, at least 1
     * @param pause real time between two writes
     * @return the fault
     */
    static Fault slowBody(int step, Duration pause) {
        if (step < 1) {
            throw new IllegalArgumentException("step must be at least 1, was " + step);
        }
        return new Drip(step, Objects.requireNonNull(pause, "pause"));
    }
}
