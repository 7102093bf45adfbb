package io.linkspan.internal.http;

import java.time.Duration;

/**
 * Says how long an exchange with an upload may still go on: without progress for the stall limit, and after the last byte as
 * long as any answer may take. Uses the monotonic clock of the machine, since it watches a socket.
 */
final class UploadWatch {
    private final Duration stall;
    private final Duration answer;
    private volatile long lastMove = System.nanoTime();
    private volatile boolean complete;

    UploadWatch(Duration stall, Duration answer) {
        this.stall = stall;
        this.answer = answer;
    }

    /** The network took another part. */
    void moved(boolean last) {
        lastMove = System.nanoTime();
        complete = last;
    }

    /** Not positive when time is up. */
    Duration left() {
        Duration limit = complete ? answer : stall;
        return limit.minusNanos(System.nanoTime() - lastMove);
    }

    String why() {
        return complete
                ? "no answer in time to a complete upload (" + answer.toMillis() + " ms)"
                : "the upload stood still for " + stall.toMillis() + " ms";
    }
}
