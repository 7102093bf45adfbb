package io.linkspan.kills;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, moved ahead so that pauses need not be waited for. Parent and worker move theirs alike. */
final class MovedClock implements InstantSource {
    private final AtomicLong ahead = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(ahead.get());
    }

    /** How far ahead of the system's clock, in milliseconds. */
    long ahead() {
        return ahead.get();
    }

    void ahead(long millis) {
        ahead.set(millis);
    }

    void advance(Duration step) {
        ahead.addAndGet(step.toMillis());
    }
}
