package io.linkspan.publish;

import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.PlatformError;
import java.util.Objects;

/**
 * Why a job failed, for certain.
 *
 * @param code the platform's code, or one of ours
 * @param causeClass why, cut by what has to change
 * @param what one sentence
 * @param actor who can do something
 * @param remedy what to do
 */
public record Failure(String code, CauseClass causeClass, String what, Actor actor, String remedy) {
    /**
     * Checks the arguments.
     *
     * @param code the platform's code, or one of ours
     * @param causeClass why, cut by what has to change
     * @param what one sentence
     * @param actor who can do something
     * @param remedy what to do
     */
    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(causeClass, "causeClass");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * From a platform's answer.
     *
     * @param error the answer
     * @return the failure
     */
    public static Failure of(PlatformError error) {
        return new Failure(
                error.code().isEmpty() ? "http-" + error.httpStatus() : error.code(),
                error.meaning().causeClass(),
                error.operation() + ": " + error.meaning().cause(),
                error.meaning().actor(),
                error.meaning().remedy());
    }

    /**
     * One line for people.
     *
     * @return what, code and remedy
     */
    public String describe() {
        return what + " [" + code + "]. " + remedy;
    }
}
