package io.linkspan.internal.publish;

import io.linkspan.spi.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A limit that slides, counted in slices of its window so that it stays small however large it is. A slice that is only partly
 * inside the window counts whole: never more than the limit is used, at times a little less.
 */
final class Window {
    private static final int SLICES = 24;

    private Window() {}

    private static long slice(Quota quota) {
        return Math.max(1, quota.window().toMillis() / SLICES);
    }

    /** The uses that still count. */
    static Map<Long, Integer> inside(Quota quota, Map<Long, Integer> used, Instant now) {
        long oldest = Math.floorDiv(now.minus(quota.window()).toEpochMilli(), slice(quota));
        Map<Long, Integer> inside = new TreeMap<>();
        used.forEach((slice, count) -> {
            if (slice >= oldest) {
                inside.put(slice, count);
            }
        });
        return inside;
    }

    /** How many are used. */
    static int used(Quota quota, Map<Long, Integer> used, Instant now) {
        return inside(quota, used, now).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How long until one more job fits; zero when it fits now. */
    static Duration wait(Quota quota, Map<Long, Integer> used, Instant now) {
        Map<Long, Integer> inside = inside(quota, used, now);
        int over = used(quota, used, now) + quota.cost() - quota.most();
        if (over <= 0) {
            return Duration.ZERO;
        }
        long freed = 0;
        for (Map.Entry<Long, Integer> entry : inside.entrySet()) {
            freed += entry.getValue();
            if (freed >= over) {
                long gone = (entry.getKey() + 1) * slice(quota) + quota.window().toMillis();
                return Duration.ofMillis(Math.max(1, gone - now.toEpochMilli()));
            }
        }
        return quota.window();
    }

    /** Without one job that was counted at a moment. */
    static Map<Long, Integer> returned(Quota quota, Map<Long, Integer> used, Instant at) {
        Map<Long, Integer> next = new TreeMap<>(used);
        next.computeIfPresent(
                Math.floorDiv(at.toEpochMilli(), slice(quota)),
                (slice, count) -> count > quota.cost() ? Integer.valueOf(count - quota.cost()) : null);
        return next;
    }

    /** With one more job beside the first that counts: both end with it. */
    static Map<Long, Integer> joined(Quota quota, Map<Long, Integer> used, Instant now) {
        Map<Long, Integer> next = new TreeMap<>(inside(quota, used, now));
        next.merge(next.keySet().iterator().next(), quota.cost(), Integer::sum);
        return next;
    }

    /** When the first that counts was taken, to the slice; null for none. */
    static @Nullable Instant first(Quota quota, Map<Long, Integer> used, Instant now) {
        return inside(quota, used, now).keySet().stream()
                .findFirst()
                .map(first -> Instant.ofEpochMilli(first * slice(quota)))
                .orElse(null);
    }

    /** With one more job. */
    static Map<Long, Integer> taken(Quota quota, Map<Long, Integer> used, Instant now) {
        Map<Long, Integer> next = new TreeMap<>(inside(quota, used, now));
        next.merge(Math.floorDiv(now.toEpochMilli(), slice(quota)), quota.cost(), Integer::sum);
        return next;
    }
}
