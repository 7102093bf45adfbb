package io.linkspan.internal.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stops calling a platform that does not answer: open after at least 20 calls of which half or more failed within a minute;
 * then one call per half minute tries whether it is back. Moments are milliseconds of the host's clock. Thread-safe.
 */
final class Circuit {
    private static final long WINDOW = 60_000;
    private static final long TRIAL = 30_000;
    private static final int LEAST = 20;

    private record Second(long start, int calls, int failures) {}

    private final Deque<Second> seconds = new ArrayDeque<>();
    private boolean open;
    private long nextTrial;

    /** Whether a call may leave now. */
    synchronized boolean permits(long now) {
        if (!open) {
            return true;
        }
        // a clock that was set back must not keep it shut
        if (now < nextTrial && nextTrial - now <= TRIAL) {
            return false;
        }
        nextTrial = now + TRIAL;
        return true;
    }

    /** Notes how a call ended. */
    synchronized void ended(boolean failed, long now) {
        if (open) {
            if (!failed) {
                open = false;
                seconds.clear();
            }
            return;
        }
        note(failed, now);
        int calls = 0;
        int failures = 0;
        for (Second second : seconds) {
            calls += second.calls();
            failures += second.failures();
        }
        if (calls >= LEAST && failures * 2 >= calls) {
            open = true;
            nextTrial = now + TRIAL;
        }
    }

    private void note(boolean failed, long now) {
        seconds.removeIf(second -> second.start() <= now - WINDOW || second.start() > now);
        long start = now - Math.floorMod(now, 1000L);
        Second last = seconds.peekLast();
        int failure = failed ? 1 : 0;
        if (last != null && last.start() == start) {
            seconds.removeLast();
            seconds.addLast(new Second(start, last.calls() + 1, last.failures() + failure));
        } else {
            seconds.addLast(new Second(start, 1, failure));
        }
    }
}
