package io.linkspan.internal.connection;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The time, read ten times a second by a thread of its own: to ask the system for it costs more than to find a token. A clock
 * that a host sets is asked each time. Thread-safe.
 */
final class CoarseClock {
    private static final Duration STEP = Duration.ofMillis(100);

    private final LongSupplier exact;
    private final boolean system;
    private boolean started;
    private boolean closed;
    /** Zero while no thread tells the time. */
    private volatile long told;

    /** Over a source of milliseconds; with a thread only when it is the system's. */
    CoarseClock(LongSupplier exact, boolean system) {
        this.exact = exact;
        this.system = system;
    }

    /** Milliseconds since 1970; behind by a step, or by as long as this process was stopped. */
    long millis() {
        long now = told;
        return now == 0 ? exact.getAsLong() : now;
    }

    /** Milliseconds since 1970. */
    long exactMillis() {
        return exact.getAsLong();
    }

    /** From now on a thread tells the time, until the clock is closed or forgotten. */
    synchronized void start() {
        if (!system || started || closed) {
            return;
        }
        started = true;
        tick();
        WeakReference<CoarseClock> self = new WeakReference<>(this);
        Thread thread = new Thread(() -> run(self), "linkspan-clock");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(WeakReference<CoarseClock> self) {
        while (tick(self.get())) {
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private static boolean tick(@org.jspecify.annotations.Nullable CoarseClock clock) {
        return clock != null && clock.tick();
    }

    private synchronized boolean tick() {
        if (!closed) {
            told = exact.getAsLong();
        }
        return !closed;
    }

    /** Ends the thread; the time is asked for again. */
    synchronized void close() {
        closed = true;
        told = 0;
    }
}
