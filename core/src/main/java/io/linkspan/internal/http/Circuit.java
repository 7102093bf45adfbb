package io.linkspan.internal.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stops calls that are not answered: open after at least 20 calls of which half or more failed within a minute; then one call per half
 * minute tries whether it is over. Times are milliseconds of the host's clock. Not thread-safe.
 */
final class Circuit {
    static final long WINDOW = 60_000;
    static final long TRIAL = 30_000;
    private static final int LEAST = 20;

    private record Second(long start, Counts counts) {}

    /** Calls within the window. */
    record Counts(int calls, int failures) {
        static final Counts NONE = new Counts(0, 0);

        Counts plus(Counts other) {
            return new Counts(calls + other.calls, failures + other.failures);
        }

        Counts minus(Counts other) {
            return new Counts(calls - other.calls, failures - other.failures);
        }

        boolean failing() {
            return calls >= LEAST && failures * 2 >= calls;
        }
    }

    private final Deque<Second> seconds = new ArrayDeque<>();
    private boolean open;
    private long nextTrial;
    private String lastTried = "";

    boolean isOpen() {
        return open;
    }

    /** Whether a call may leave now. Who tried last lets the others try first, so that a caller that always fails keeps it open for no other. */
    boolean permits(String caller, boolean alone, long now) {
        long since = !alone && caller.equals(lastTried) ? nextTrial + TRIAL : nextTrial;
        // a clock that was set back must not keep it shut
        return !open || now >= since || since - now > 2 * TRIAL;
    }

    /** Notes that a permitted call leaves. */
    void leaves(String caller, long now) {
        if (open) {
            nextTrial = now + TRIAL;
            lastTried = caller;
        }
    }

    /** Notes how a call ended. */
    void ended(boolean failed, long now) {
        if (!open) {
            note(new Counts(1, failed ? 1 : 0), now);
        } else if (!failed) {
            open = false;
            seconds.clear();
        }
    }

    void open(long now) {
        open = true;
        nextTrial = now + TRIAL;
        lastTried = "";
    }

    Counts counts(long now) {
        forget(now);
        return seconds.stream().map(Second::counts).reduce(Counts.NONE, Counts::plus);
    }

    private void forget(long now) {
        seconds.removeIf(second -> second.start() <= now - WINDOW || second.start() > now);
    }

    private void note(Counts call, long now) {
        forget(now);
        long start = now - Math.floorMod(now, 1000L);
        Second last = seconds.peekLast();
        if (last != null && last.start() == start) {
            seconds.removeLast();
            seconds.addLast(new Second(start, last.counts().plus(call)));
        } else {
            seconds.addLast(new Second(start, call));
        }
    }
}
