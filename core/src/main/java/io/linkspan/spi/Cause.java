package io.linkspan.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, in the fields that dashboards and support sort by. Holds no secret.
 *
 * @param operation the operation that failed, such as {@code tiktok.refresh}
 * @param causeClass why, cut by what has to change
 * @param code the platform's code as it came, {@code http-} and the status when there was none, or one of ours
 * @param traceId the platform's id for support ({@code log_id}, {@code fbtrace_id}), or null
 * @param actor who can do something
 * @param remedy what to do, one sentence
 */
public record Cause(
        String operation,
        CauseClass causeClass,
        String code,
        @Nullable String traceId,
        Actor actor,
        String remedy) {
    /**
     * Checks the arguments.
     *
     * @param operation the operation that failed, such as {@code tiktok.refresh}
     * @param causeClass why, cut by what has to change
     * @param code the platform's code as it came, {@code http-} and the status when there was none, or one of ours
     * @param traceId the platform's id for support ({@code log_id}, {@code fbtrace_id}), or null
     * @param actor who can do something
     * @param remedy what to do, one sentence
     */
    public Cause {
        operation = Texts.cleaned(Objects.requireNonNull(operation, "operation"), Texts.MOST_ID);
        Objects.requireNonNull(causeClass, "causeClass");
        code = Texts.cleaned(Objects.requireNonNull(code, "code"), Texts.MOST_ID);
        traceId = traceId == null ? null : Texts.cleaned(traceId, Texts.MOST_ID);
        Objects.requireNonNull(actor, "actor");
        remedy = Texts.cleaned(Objects.requireNonNull(remedy, "remedy"), Texts.MOST_REASON);
    }

    /**
     * From a platform's answer.
     *
     * @param error the answer
     * @return the cause
     */
    public static Cause of(PlatformError error) {
        return new Cause(
                error.operation(),
                error.meaning().causeClass(),
                error.code().isEmpty() ? "http-" + error.httpStatus() : error.code(),
                error.traceId(),
                error.meaning().actor(),
                error.meaning().remedy());
    }

    /**
     * The platform's id for support.
     *
     * @return the id, if there was one
     */
    public Optional<String> trace() {
        return Optional.ofNullable(traceId);
    }
}
