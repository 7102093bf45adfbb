package io.linkspan.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time since it was started, by the wall clock or by the monotonic one, whichever says more: the first can be set back, the second may
 * stand still while the machine is suspended.
 */
public final class Stopwatch {
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Instant startedAt;
    private final long startedNanos;

    /** Starts now. */
    public Stopwatch(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.startedAt = clock.instant();
        this.startedNanos = nanos.getAsLong();
    }

    /** The time since the start. */
    public Duration elapsed() {
        Duration wall = Duration.between(startedAt, clock.instant());
        Duration monotonic = Duration.ofNanos(nanos.getAsLong() - startedNanos);
        return wall.compareTo(monotonic) > 0 ? wall : monotonic;
    }

    /** Whether at least so much time has passed. */
    public boolean reached(Duration time) {
        return elapsed().compareTo(time) >= 0;
    }
}
