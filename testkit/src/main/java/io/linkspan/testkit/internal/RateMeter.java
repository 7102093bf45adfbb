package io.linkspan.testkit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts calls in a sliding window. */
public final class RateMeter {

    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    /** Makes an empty meter. */
    public RateMeter() {}

    /**
     * Counts a call unless there were too many.
     *
     * @param key what is limited
     * @param limit how many calls fit into the window
     * @param window the window
     * @param now the time
     * @return whether the call fits
     */
    public synchronized boolean admit(String key, int limit, Duration window, Instant now) {
        Deque<Instant> recent = calls.computeIfAbsent(key, unused -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.peekFirst().isAfter(now.minus(window))) {
            recent.removeFirst();
        }
        if (recent.size() >= limit) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
