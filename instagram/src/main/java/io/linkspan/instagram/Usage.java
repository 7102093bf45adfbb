package io.linkspan.instagram;

import io.linkspan.spi.HttpResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the usage header says about when calls are taken again. Calls made while throttled prolong the block.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/overview/rate-limiting">Rate limits, header
 *     X-Business-Use-Case-Usage</a> (copies of 2024 to 2026, read 2026-11-21)
 */
final class Usage {
    private static final long LONGEST_MINUTES = Duration.ofHours(24).toMinutes();

    private Usage() {}

    /** The longest {@code estimated_time_to_regain_access} (minutes) of the header, if it names one. */
    static Optional<Duration> untilAccess(HttpResult result) {
        if (!(result instanceof HttpResult.Answered answer)) {
            return Optional.empty();
        }
        long minutes = answer.header("X-Business-Use-Case-Usage")
                .flatMap(value -> Fields.object(value.getBytes(StandardCharsets.UTF_8)))
                .map(Usage::longest)
                .orElse(0L);
        return minutes > 0 ? Optional.of(Duration.ofMinutes(Math.min(minutes, LONGEST_MINUTES))) : Optional.empty();
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
