package io.linkspan.publish;

import io.linkspan.internal.explain.PlainWords;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Texts;
import java.util.Objects;

/**
 * Why a job failed: for certain, unless its code is {@link #GIVEN_UP}.
 *
 * @param code the platform's code, or one of ours
 * @param causeClass why, cut by what has to change
 * @param what one sentence
 * @param actor who can do something
 * @param remedy what to do
 */
public record Failure(String code, CauseClass causeClass, String what, Actor actor, String remedy) {
    /** Code of a job that was ended by {@link Decision#GIVE_UP}. */
    public static final String GIVEN_UP = "given_up";

    private static final String LATER = "Submit the post again with a new key once the trouble has passed.";

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
        code = Texts.cleaned(Objects.requireNonNull(code, "code"), Texts.MOST_ID);
        Objects.requireNonNull(causeClass, "causeClass");
        what = Texts.cleanedLines(Objects.requireNonNull(what, "what"), 2048);
        Objects.requireNonNull(actor, "actor");
        remedy = Texts.cleaned(Objects.requireNonNull(remedy, "remedy"), 2048);
    }

    /**
     * From a platform's answer. Its remedy without what would happen by itself while a job still waits: nothing does after its end.
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
                left(error.meaning().remedy()));
    }

    private static String left(String remedy) {
        String left = PlainWords.withoutPromises(remedy);
        return left.isEmpty() && !remedy.isEmpty() ? LATER : left;
    }

    /**
     * One line for people.
     *
     * @return what, code and remedy
     */
    public String describe() {
        return PlainWords.times(what) + " [" + code + "]. " + left(remedy);
    }
}
