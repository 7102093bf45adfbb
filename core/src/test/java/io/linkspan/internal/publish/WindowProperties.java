package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Counting in slices never lets more through than the limit that slides. */
class WindowProperties {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00.123Z");

    private static Quota quota(int most, long window, int cost) {
        return new Quota(
                "q",
                Quota.Scope.CONNECTION,
                Math.max(most, cost),
                Duration.ofMillis(window),
                cost,
                Quota.Step.PREPARE,
                Quota.Counting.EACH);
    }

    @Property
    void used_neverExceedsTheLimitInAnyTrueWindow(
            @ForAll @IntRange(min = 1, max = 8) int most,
            @ForAll @LongRange(min = 1, max = 100_000) long window,
            @ForAll @IntRange(min = 1, max = 3) int cost,
            @ForAll @Size(max = 60) List<@LongRange(max = 20_000) Long> steps) {
        Quota quota = quota(most, window, cost);
        Map<Long, Integer> used = Map.of();
        List<Instant> taken = new ArrayList<>();
        Instant now = START;
        for (long step : steps) {
            now = now.plusMillis(step);
            if (Window.wait(quota, used, now).isZero()) {
                used = Window.taken(quota, used, now);
                taken.add(now);
            }
            Instant oldest = now.minus(quota.window());
            long inWindow = taken.stream().filter(oldest::isBefore).count() * cost;
            assertTrue(inWindow <= quota.most(), inWindow + " of " + quota);
        }
    }

    @Property
    void wait_isEnough(
            @ForAll @IntRange(min = 1, max = 8) int most,
            @ForAll @LongRange(min = 1, max = 100_000) long window,
            @ForAll @IntRange(min = 1, max = 3) int cost,
            @ForAll @Size(max = 60) List<@LongRange(max = 2_000) Long> steps) {
        Quota quota = quota(most, window, cost);
        Map<Long, Integer> used = Map.of();
        Instant now = START;
        for (long step : steps) {
            now = now.plusMillis(step);
            Duration wait = Window.wait(quota, used, now);
            now = now.plus(wait);
            assertEquals(Duration.ZERO, Window.wait(quota, used, now));
            // a slice is a 24th of the window, and counts until it is wholly outside
            assertTrue(wait.toMillis() <= window + Math.max(1, window / 24) + 1, wait + " for " + quota);
            used = Window.taken(quota, used, now);
            assertTrue(used.size() <= 27, "slices: " + used.size());
        }
    }

    /** What is given back was never taken. */
    @Property
    void returned_undoesTaken(
            @ForAll @IntRange(min = 1, max = 5) int cost,
            @ForAll @Size(max = 20) List<@IntRange(max = 86_400) Integer> seconds,
            @ForAll @IntRange(max = 86_400) int second) {
        Quota quota = new Quota(
                "q", Quota.Scope.CONNECTION, 1_000, Duration.ofDays(1), cost, Quota.Step.PREPARE, Quota.Counting.EACH);
        Instant at = Instant.EPOCH.plusSeconds(second);
        Map<Long, Integer> used = Map.of();
        for (int each : seconds) {
            used = Window.taken(quota, used, Instant.EPOCH.plusSeconds(each));
        }
        assertEquals(used, Window.returned(quota, Window.taken(quota, used, at), at));
    }
}
