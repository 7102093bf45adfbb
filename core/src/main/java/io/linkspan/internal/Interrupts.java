package io.linkspan.internal;

import io.linkspan.CallInterruptedException;

/** What an interrupted call does: it ends before it begins something, and the flag stays. */
public final class Interrupts {
    private Interrupts() {}

    /** Ends a call of a thread that was interrupted, before anything was begun. */
    public static void stopHere() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CallInterruptedException(
                    "the calling thread was interrupted; nothing was begun. Call again in a thread that is not", null);
        }
    }
}
