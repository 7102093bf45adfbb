package io.linkspan.internal.entry;

import io.linkspan.internal.Interrupts;
import io.linkspan.internal.explain.PlainWords;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets calls in while a Linkspan is open, and knows how many are inside. Thread-safe. */
public final class Gate {
    private static final long LOOK = Duration.ofMillis(2).toNanos();

    private final LongAdder entered = new LongAdder();
    private final LongAdder left = new LongAdder();
    private volatile @Nullable Instant closedAt;

    /** Runs a call. */
    public <T> T call(Supplier<T> work) {
        entered.increment(); // before the look, so that who closes either is seen or sees
        try {
            requireOpen();
            return work.get();
        } finally {
            left.increment();
        }
    }

    /** Runs a call that may reach a platform or read media; one of an interrupted thread ends before it begins anything. */
    public <T> T reach(Supplier<T> work) {
        return call(() -> {
            Interrupts.stopHere();
            return work.get();
        });
    }

    /** Runs a call without a result. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    private void requireOpen() {
        Instant at = closedAt;
        if (at != null) {
            throw new IllegalStateException("this Linkspan was closed at " + PlainWords.time(at) + "; build a new one");
        }
    }

    /** Whether the calling thread is inside; read from its stack, so that a call costs nothing for it. */
    public boolean holdsCaller() {
        return !empty() && StackWalker.getInstance().walk(frames -> frames.anyMatch(Gate::isCall));
    }

    private static boolean isCall(StackWalker.StackFrame frame) {
        return frame.getClassName().equals(Gate.class.getName())
                && frame.getMethodName().equals("call");
    }

    /** Lets nobody in any more. */
    public synchronized void close(Instant now) {
        if (closedAt == null) {
            closedAt = now;
        }
    }

    /** Waits until everybody has left, at most this long, also in a thread that was interrupted; whether they have. */
    public boolean awaitEmpty(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        boolean interrupted = false;
        while (!empty() && System.nanoTime() - deadline < 0) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(LOOK);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return empty();
    }

    /** Read in this order, so that nobody who is inside is missed. */
    private boolean empty() {
        long out = left.sum();
        return entered.sum() == out;
    }
}
