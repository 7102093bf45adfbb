package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.HttpResult;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer say about when calls are taken again. Calls made while throttled prolong the block.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/overview/rate-limiting">Rate limits, headers X-App-Usage and
 *     X-Business-Use-Case-Usage</a> (copies of 2024 to 2026, read 2026-11-21)
 */
final class Usage {
    private static final long LONGEST_MINUTES = Duration.ofHours(24).toMinutes();

    private Usage() {}

    /** How long the answer asks to wait: {@code Retry-After} in seconds, or the time of the usage header. */
    static Optional<Duration> pause(HttpResult.Answered answer) {
        Optional<Duration> asked = answer.header("Retry-After")
                .filter(value -> value.matches("\\d{1,7}"))
                .map(Long::parseLong)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        return asked.isPresent() ? asked : untilAccess(answer);
    }

    /** The longest {@code estimated_time_to_regain_access} (minutes) of the header, if it names one. */
    static Optional<Duration> untilAccess(HttpResult.Answered answer) {
        long minutes =
                header(answer, "X-Business-Use-Case-Usage").map(Usage::longest).orElse(0L);
        return minutes > 0 ? Optional.of(Duration.ofMinutes(Math.min(minutes, LONGEST_MINUTES))) : Optional.empty();
    }

    /** Whether the app has used all its calls of this hour. */
    static boolean appUsedUp(HttpResult.Answered answer) {
        return header(answer, "X-App-Usage")
                .filter(usage -> Stream.of("call_count", "total_time", "total_cputime")
                        .anyMatch(name -> Fields.number(usage, name).orElse(0L) >= 100))
                .isPresent();
    }

    /** When Instagram sent the answer; null when it does not say. */
    static @Nullable Instant date(HttpResult result) {
        Optional<String> date = result instanceof HttpResult.Answered answer ? answer.header("Date") : Optional.empty();
        try {
            return date.map(value -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)))
                    .orElse(null);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Optional<JsonNode> header(HttpResult.Answered answer, String name) {
        return answer.header(name).flatMap(value -> Fields.object(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static long longest(JsonNode header) {
        long longest = 0;
        for (JsonNode useCases : header) {
            for (JsonNode useCase : useCases) {
                longest = Math.max(
                        longest,
                        Fields.number(useCase, "estimated_time_to_regain_access")
                                .orElse(0L));
            }
        }
        return longest;
    }
}
