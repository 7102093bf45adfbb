package io.linkspan.spi;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a platform says right now about an account that a post is meant for.
 *
 * @param maxVideoDuration longest video this account may post, or null when the platform does not tell
 * @param quotas limits and how much of them is used
 * @param problems what stands in the way of this post, as the platform says
 * @param shown what a posting screen has to show, by name, such as {@code creator_nickname}
 */
public record TargetFacts(
        @Nullable Duration maxVideoDuration,
        List<QuotaLeft> quotas,
        List<Problem> problems,
        Map<String, String> shown) {
    /** Nothing is known. */
    public static final TargetFacts NONE = new TargetFacts(null, List.of(), List.of(), Map.of());

    /**
     * Copies lists and map.
     *
     * @param maxVideoDuration longest video this account may post, or null when the platform does not tell
     * @param quotas limits and how much of them is used
     * @param problems what stands in the way of this post, as the platform says
     * @param shown what a posting screen has to show, by name, such as {@code creator_nickname}
     */
    public TargetFacts {
        quotas = List.copyOf(quotas);
        problems = List.copyOf(problems);
        shown = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(shown, "shown")));
    }

    /**
     * Longest video this account may post.
     *
     * @return the limit; empty when the platform does not tell
     */
    public Optional<Duration> longestVideo() {
        return Optional.ofNullable(maxVideoDuration);
    }
}
