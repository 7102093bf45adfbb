package io.linkspan.internal.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Notices an upload that stands still. Uses the monotonic clock of the machine, since it watches a socket. */
final class UploadWatch {
    private final long stallNanos;
    private final AtomicLong lastMove = new AtomicLong(System.nanoTime());

    UploadWatch(Duration stall) {
        this.stallNanos = stall.toNanos();
    }

    void moved() {
        lastMove.set(System.nanoTime());
    }

    Duration left() {
        long left = stallNanos - (System.nanoTime() - lastMove.get());
        return Duration.ofNanos(Math.max(left, 1_000_000));
    }

    boolean stalled() {
        return System.nanoTime() - lastMove.get() >= stallNanos;
    }
}
