package io.linkspan.testkit.instagram;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts calls in sliding windows. Calls beyond the limit count too, and so prolong the block. */
final class CallUsage {

    private final InstantSource clock;
    private final Duration window;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    CallUsage(InstantSource clock, Duration window) {
        this.clock = clock;
        this.window = window;
    }

    synchronized int add(String key) {
        Deque<Instant> recent = recent(key);
        recent.addLast(clock.instant());
        return recent.size();
    }

    /** Used share of a limit in percent. */
    synchronized int percent(String key, int limit) {
        return recent(key).size() * 100 / limit;
    }

    /** Minutes until another call fits, at least 0. */
    synchronized long minutesUntilFree(String key, int limit) {
        Deque<Instant> recent = recent(key);
        if (recent.size() < limit) {
            return 0;
        }
        Instant free = recent.stream()
                .skip(recent.size() - limit)
                .findFirst()
                .orElseThrow()
                .plus(window);
        return Duration.between(clock.instant(), free).toMinutes() + 1;
    }

    private Deque<Instant> recent(String key) {
        Deque<Instant> recent = calls.computeIfAbsent(key, unused -> new ArrayDeque<>());
        Instant since = clock.instant().minus(window);
        while (!recent.isEmpty() && !recent.peekFirst().isAfter(since)) {
            recent.removeFirst();
        }
        return recent;
    }
}
