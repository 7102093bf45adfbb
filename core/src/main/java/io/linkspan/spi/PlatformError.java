package io.linkspan.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A platform's refusal, read with the help of its {@link ErrorCatalogue}.
 *
 * @param operation the operation that was refused, such as {@code instagram.media_publish}
 * @param httpStatus the HTTP status, or 0 when it came another way (a status text, a webhook)
 * @param code the platform's code as {@link Texts#code} keeps it; empty when there was none
 * @param message the platform's message, cut to 2,048 characters, control characters replaced
 * @param traceId the platform's id for support ({@code log_id}, {@code fbtrace_id}), or null
 * @param meaning what the catalogue says about the code
 * @param definite whether the answer proves that nothing happened
 * @param retryAfter how long the platform asks to wait, or null when it does not say
 */
public record PlatformError(
        String operation,
        int httpStatus,
        String code,
        String message,
        @Nullable String traceId,
        ErrorMeaning meaning,
        boolean definite,
        @Nullable Duration retryAfter) {
    private static final int MOST_MESSAGE = 2048;
    private static final int MOST_TRACE = 100;

    /**
     * Checks the arguments; cleans code, message and trace id.
     *
     * @param operation the operation that was refused, such as {@code instagram.media_publish}
     * @param httpStatus the HTTP status, or 0 when it came another way (a status text, a webhook)
     * @param code the platform's code as {@link Texts#code} keeps it; empty when there was none
     * @param message the platform's message, cut to 2,048 characters, control characters replaced
     * @param traceId the platform's id for support ({@code log_id}, {@code fbtrace_id}), or null
     * @param meaning what the catalogue says about the code
     * @param definite whether the answer proves that nothing happened
     * @param retryAfter how long the platform asks to wait, or null when it does not say
     */
    public PlatformError {
        Objects.requireNonNull(operation, "operation");
        code = Texts.code(Objects.requireNonNull(code, "code"));
        Objects.requireNonNull(meaning, "meaning");
        message = Texts.cleaned(Objects.requireNonNull(message, "message"), MOST_MESSAGE);
        traceId = traceId == null ? null : Texts.cleaned(traceId, MOST_TRACE);
    }

    /**
     * Without a wish to wait.
     *
     * @param operation the operation that was refused
     * @param httpStatus the HTTP status, or 0
     * @param code the platform's code as it came
     * @param message the platform's message
     * @param traceId the platform's id for support, or null
     * @param meaning what the catalogue says about the code
     * @param definite whether the answer proves that nothing happened
     */
    public PlatformError(
            String operation,
            int httpStatus,
            String code,
            String message,
            @Nullable String traceId,
            ErrorMeaning meaning,
            boolean definite) {
        this(operation, httpStatus, code, message, traceId, meaning, definite, null);
    }

    /**
     * With how long the platform asks to wait.
     *
     * @param pause the pause, or null
     * @return a copy
     */
    public PlatformError withRetryAfter(@Nullable Duration pause) {
        return new PlatformError(operation, httpStatus, code, message, traceId, meaning, definite, pause);
    }

    /**
     * The platform's id for support.
     *
     * @return the id, if there was one
     */
    public Optional<String> trace() {
        return Optional.ofNullable(traceId);
    }

    /**
     * One line for people: code, what it means, what to do, and the trace id.
     *
     * @return the line
     */
    public String describe() {
        StringBuilder line = new StringBuilder(operation).append(" answered ");
        line.append(code.isEmpty() ? "HTTP " + httpStatus : code);
        line.append(" (").append(meaning.cause()).append("). ").append(meaning.remedy());
        if (traceId != null) {
            line.append(" Trace id ").append(traceId).append('.');
        }
        return line.toString();
    }
}
