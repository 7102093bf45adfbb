package io.linkspan.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.ErrorCatalogue;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the three shapes of TikTok's answers: data endpoints with an {@code error} object, OAuth endpoints with an
 * {@code error} text, and the bare HTTP status of uploads.
 */
final class Answers {
    private static final int MAX_CODE = 100;

    private final ErrorCatalogue catalogue = ErrorCatalogue.load(Answers.class, "tiktok-errors.json");

    ErrorCatalogue catalogue() {
        return catalogue;
    }

    /**
     * A data endpoint. Success only when {@code error.code} is {@code ok} and the HTTP status agrees.
     *
     * @param read reads {@code data}; empty when an expected field is missing
     */
    <T> Outcome<T> data(String operation, HttpResult result, Function<JsonNode, Optional<T>> read) {
        if (!(result instanceof HttpResult.Answered answer)) {
            return unanswered(result);
        }
        Optional<JsonNode> body = Json.readObject(answer.bytes());
        JsonNode error = body.orElseGet(Json::newObject).path("error");
        String code = error.isString() ? error.stringValue() : Json.text(error, "code");
        if (body.isEmpty() || code.isEmpty()) {
            return unreadable(operation, answer);
        }
        if (!code.equals("ok")) {
            return refused(operation, answer, code, Json.text(error, "message"), trace(answer, error));
        }
        return success(operation, answer, read.apply(body.get().path("data")));
    }

    /**
     * An OAuth endpoint. A non-empty {@code error} is a failure at any HTTP status, 200 included.
     *
     * @param read reads the flat answer, an empty object when the body is empty; empty when an expected field is missing
     */
    <T> Outcome<T> oauth(String operation, HttpResult result, Function<JsonNode, Optional<T>> read) {
        if (!(result instanceof HttpResult.Answered answer)) {
            return unanswered(result);
        }
        Optional<JsonNode> body = answer.text().isBlank() && is2xx(answer)
                ? Optional.of(Json.newObject())
                : Json.readObject(answer.bytes());
        if (body.isEmpty()) {
            return unreadable(operation, answer);
        }
        JsonNode error = body.get().path("error");
        String code = error.isString() ? error.stringValue() : Json.text(error, "code");
        if (!code.isEmpty() && !code.equals("ok")) {
            String message = Json.text(body.get(), "error_description");
            return refused(
                    operation,
                    answer,
                    code,
                    message.isEmpty() ? Json.text(error, "message") : message,
                    trace(answer, body.get()));
        }
        return success(operation, answer, read.apply(body.get()));
    }

    /** No answer at all. */
    <T> Outcome<T> unanswered(HttpResult result) {
        if (result instanceof HttpResult.NotSent notSent) {
            return new Outcome.NotSent<>(notSent.why());
        }
        return new Outcome.Unclear<>(result instanceof HttpResult.Lost lost ? lost.why() : "no answer", null);
    }

    /** An answer that has nothing but its HTTP status; the code becomes {@code http_403} and the like. */
    PlatformError bare(String operation, HttpResult.Answered answer) {
        return catalogue
                .error(operation, answer.status(), "http_" + answer.status(), "", trace(answer, Json.newObject()))
                .withRetryAfter(retryAfter(answer));
    }

    /** An error that TikTok did not send as such, with a code of the catalogue; proves what the caller knows. */
    PlatformError known(String operation, int status, String code, String message, @Nullable String traceId) {
        PlatformError error = catalogue.error(operation, status, shorten(code), message, traceId);
        return withDefinite(error, true);
    }

    static boolean is2xx(HttpResult.Answered answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /** For a request that can create a post: an error that came with HTTP 200 proves nothing there. */
    static <T> Outcome<T> onlyRefusedBy4xx(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T> refused && refused.error().httpStatus() / 100 != 4) {
            PlatformError error = refused.error();
            return new Outcome.Unclear<>(
                    error.operation() + " answered HTTP " + error.httpStatus() + " with " + error.code(),
                    withDefinite(error, false));
        }
        return outcome;
    }

    /** {@code Retry-After} in seconds, which TikTok does not document, up to a day. */
    private static @Nullable Duration retryAfter(HttpResult.Answered answer) {
        return answer.header("Retry-After")
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), 86_400)))
                .orElse(null);
    }

    private <T> Outcome<T> success(String operation, HttpResult.Answered answer, Optional<T> value) {
        if (is2xx(answer) && value.isPresent()) {
            return Outcome.done(value.get());
        }
        return new Outcome.Unclear<>(
                operation + " answered HTTP " + answer.status() + " without the fields of a success", null);
    }

    private <T> Outcome<T> unreadable(String operation, HttpResult.Answered answer) {
        String why = operation + " answered HTTP " + answer.status() + " without a readable body";
        return new Outcome.Unclear<>(why, is2xx(answer) ? null : withDefinite(bare(operation, answer), false));
    }

    private <T> Outcome<T> refused(
            String operation, HttpResult.Answered answer, String code, String message, @Nullable String traceId) {
        int status = answer.status();
        PlatformError error = catalogue
                .error(operation, status, shorten(code), message, traceId)
                .withRetryAfter(retryAfter(answer));
        // a gateway's 5xx or 3xx proves nothing, whatever its body says
        boolean statusAgrees = is2xx(answer) || (status >= 400 && status < 500);
        if (error.definite() && statusAgrees) {
            return new Outcome.Refused<>(error);
        }
        return new Outcome.Unclear<>(
                operation + " answered HTTP " + status + " with " + error.code(), withDefinite(error, false));
    }

    private static PlatformError withDefinite(PlatformError error, boolean definite) {
        return new PlatformError(
                error.operation(),
                error.httpStatus(),
                error.code(),
                error.message(),
                error.traceId(),
                error.meaning(),
                definite,
                error.retryAfter());
    }

    /** The documents say {@code logid}, the answers {@code log_id}, the header {@code x-tt-logid}. */
    private static @Nullable String trace(HttpResult.Answered answer, JsonNode node) {
        String id = Json.text(node, "log_id");
        if (id.isEmpty()) {
            id = Json.text(node, "logid");
        }
        if (id.isEmpty()) {
            id = answer.header("x-tt-logid").orElse("");
        }
        return id.isBlank() ? null : shorten(id);
    }

    private static String shorten(String text) {
        String cut = text.length() <= MAX_CODE ? text : text.substring(0, MAX_CODE);
        return cut.replaceAll("\\p{Cntrl}", " ");
    }

    /** Text of a form or query value. */
    static String encode(String value) {
        return java.net.URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
