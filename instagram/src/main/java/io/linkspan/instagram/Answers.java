package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns what came over the wire into an outcome. Success needs 2xx, a JSON object without error in it and the fields of
 * the operation; a refusal needs a definite code; the rest is unclear.
 */
final class Answers {
    private final InstagramErrors errors;

    Answers(InstagramErrors errors) {
        this.errors = errors;
    }

    /** Reads a result; {@code success} returns empty when a field of a success is missing. */
    <T> Outcome<T> read(String operation, HttpResult result, Function<JsonNode, Optional<T>> success) {
        if (result instanceof HttpResult.NotSent notSent) {
            return new Outcome.NotSent<>(notSent.why());
        }
        if (result instanceof HttpResult.Lost lost) {
            return new Outcome.Unclear<>(operation + ": " + lost.why(), null);
        }
        HttpResult.Answered answer = (HttpResult.Answered) result;
        Optional<JsonNode> root = Fields.object(answer.bytes());
        Optional<GraphError> error = root.flatMap(GraphError::in);
        if (error.isPresent()) {
            PlatformError read = errors.read(operation, answer.status(), error.get());
            return refused(read.withRetryAfter(Usage.pause(answer).orElse(null)));
        }
        String seen = operation + " answered HTTP " + answer.status();
        if (answer.status() < 200 || answer.status() > 299) {
            return new Outcome.Unclear<>(seen + " without a readable error", null);
        }
        if (root.isEmpty()) {
            return new Outcome.Unclear<>(seen + " without a readable JSON object", null);
        }
        return success.apply(root.get())
                .map(Outcome::done)
                .orElseGet(() -> new Outcome.Unclear<>(seen + " without the fields of a success", null));
    }

    private static <T> Outcome<T> refused(PlatformError error) {
        return error.definite() ? new Outcome.Refused<>(error) : new Outcome.Unclear<>(error.describe(), error);
    }

    /** What the platform answered, refused or unclear, if it answered readably. */
    static Optional<PlatformError> errorOf(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Refused<?>) {
            return Optional.of(((Outcome.Refused<?>) outcome).error());
        }
        return outcome instanceof Outcome.Unclear<?>
                ? Optional.ofNullable(((Outcome.Unclear<?>) outcome).error())
                : Optional.empty();
    }
}
